"""'Why can X see (or not see) this contact?', in words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.models import User
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.explaining import explain, who_sees
from kith.contacts.finding import find_contacts
from kith.contacts.models import Contact
from kith.contacts.queries import in_reach


@require_safe
def why(request: SignedInRequest) -> HttpResponse:
    """The contact is one that whoever asks sees: the answer must not tell of hidden ones."""
    require(request.user, Permission.USER_MANAGE)
    person = _user(request)
    contact = _contact(request)
    query = request.GET.get("q", "").strip()[:200]
    found = {
        "users": _users(person),
        "person": person,
        "contact": contact,
        "query": query,
        "found": find_contacts(request.user, query) if query and not contact else (),
        "who": who_sees(contact) if contact else "",
        "verdict": explain(person, contact) if person and contact else None,
    }
    return render(request, "setup/why.html", found)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _user(request: SignedInRequest) -> User | None:
    pk = _number(request, "user")
    return User.objects.select_related("role").filter(pk=pk).first() if pk else None


def _contact(request: SignedInRequest) -> Contact | None:
    pk = _number(request, "contact")
    if not pk or not request.user.may(Permission.CONTACT_SEE):
        return None
    return in_reach(request.user).filter(pk=pk).first()


def _users(person: User | None) -> list[tuple[int, Any, bool]]:
    users = User.objects.order_by("name", "pk")
    return [(each.pk, each, bool(person and each.pk == person.pk)) for each in users]
