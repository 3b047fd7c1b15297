"""The reference lists there are, with how many options each has."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.reference.lists import ListInfo, all_lists
from kith.reference.queries import option_counts


@dataclass(frozen=True)
class Shown:
    info: ListInfo
    count: int


@require_safe
def list_overview(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.REFERENCE_MANAGE)
    counts = option_counts()
    lists = [Shown(info, counts.get(info.name, 0)) for info in all_lists()]
    return render(request, "setup/lists.html", {"lists": lists})
