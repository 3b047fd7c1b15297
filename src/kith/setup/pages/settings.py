"""The overview of what may be set, and the search in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.accounts.requests import SignedInRequest
from kith.core.errors import Forbidden
from kith.web.settings_area import area, find, sections

LONGEST_QUERY = 100


@require_safe
def settings_index(request: SignedInRequest) -> HttpResponse:
    if not area.opens_for(request.user):
        raise Forbidden
    query = request.GET.get("find", "").strip()[:LONGEST_QUERY]
    found = {"sections": sections(find(area.of(request.user), query)), "query": query}
    fragment = request.htmx and request.htmx.target == "found"
    template = "web/settings/cards.html" if fragment else "setup/settings.html"
    return render(request, template, found)
