"""The page from which administrators reach what they may set."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.access import require
from kith.setup import queries


@require_safe
def settings_index(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    return render(request, "setup/settings.html", {"counts": queries.counts()})
