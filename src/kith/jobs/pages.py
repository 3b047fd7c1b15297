"""The jobs in the top bar: what runs, and the bell that tells how they ended. A fragment that asks
for itself again while something runs; without JavaScript it is a page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kith.accounts.requests import SignedInRequest

from . import queries, services


@login_required
@require_safe
def job_list(request: SignedInRequest) -> HttpResponse:
    if not request.htmx:
        return render(request, "jobs/list.html")
    return render(request, "jobs/_jobs.html", {"jobs": list(queries.current(request.user))})


@login_required
@require_POST
def jobs_seen(request: SignedInRequest) -> HttpResponse:
    """All of them, or the one whose result a page has just shown."""
    shown = request.POST.get("job", "")
    one = shown.isdecimal() and len(shown) < 19
    services.seen(request.user, queries.job_for(request.user, int(shown)) if one else None)
    return redirect("jobs:list")


@login_required
@require_POST
def job_open(request: SignedInRequest, job_id: int) -> HttpResponse:
    """To the result of a job; who goes there has taken note of it."""
    job = queries.job_for(request.user, job_id)
    services.seen(request.user, job)
    return redirect(job.url or "jobs:list")


@login_required
@require_POST
def job_cancel(request: SignedInRequest, job_id: int) -> HttpResponse:
    services.cancel(queries.job_for(request.user, job_id))
    return redirect("jobs:list")
