"""The jobs in the top bar: a fragment that asks for itself again while something runs."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kith.accounts.requests import SignedInRequest

from . import queries, services


@login_required
@require_safe
def job_list(request: SignedInRequest) -> HttpResponse:
    return render(request, "jobs/_jobs.html", {"jobs": list(queries.current(request.user))})


@login_required
@require_POST
def job_cancel(request: SignedInRequest, job_id: int) -> HttpResponse:
    services.cancel(queries.job_for(request.user, job_id))
    return redirect("jobs:list")
