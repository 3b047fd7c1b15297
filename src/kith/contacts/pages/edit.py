"""The full form: a new contact, or all of one that is stored."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.card import Card
from kith.contacts.context import options_of, reading_context
from kith.contacts.fields.sections import CARD
from kith.contacts.forms.clash import Clash, clash_of, without_theirs
from kith.contacts.forms.contact import ContactForm
from kith.contacts.linked import outward
from kith.contacts.models import ContactKind
from kith.contacts.pages.header import with_company
from kith.contacts.pages.loading import LIST, PROSPECTS, card_for
from kith.contacts.queries import shown_to
from kith.contacts.services.contacts import contact_save
from kith.contacts.services.sheet_sites import MAIN
from kith.contacts.undo_address import undo_url
from kith.core.errors import Conflict, Rejected
from kith.history.models import ChangeSet
from kith.reference.models import List
from kith.web.once import check_new, made_once
from kith.web.toasts import level_of, toast

CARRIED = "carry"
"""In the address where the short form sends on what was typed in it, to be filled in further."""
KINDS = (
    {"kind": ContactKind.PERSON, "icon": "user"},
    {"kind": ContactKind.COMPANY, "icon": "building"},
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, *, prospect: bool = False) -> HttpResponse:
    require(request.user, Permission.CONTACT_CREATE)
    wanted = request.POST.get("kind") or request.GET.get("kind")
    kind = wanted if wanted in ContactKind.values else ContactKind.PERSON.value
    form = ContactForm(context=reading_context(reader=request.user), kind=kind)
    if request.method != "POST" or CARRIED in request.GET:
        form.prefill(request.POST or request.GET)
        return _draw(request, form, prospect=prospect)
    check_new(request)
    checked = form.read(request.POST)
    checked.values |= {"kind": kind, **({"is_prospect": True} if prospect else {})}
    if checked.problems:
        return _draw(request, form, prospect=prospect, status=422)
    try:
        with made_once(request) as made:
            pk, changes = contact_save(actor=request.user, draft=checked)
            made.url = _where(request, pk)
    except Rejected as error:
        form.complain(error.problems)
        return _draw(request, form, prospect=prospect, status=422)
    said = f"{_('%(name)s was added.') % {'name': _name(pk, request)}} {form.filled}".rstrip()
    back = PROSPECTS if prospect else LIST
    return _saved(request, made.url, said, changes, form, back=back)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    card = card_for(request, pk, "edit")
    with_company(card, outward(request.user, card.contact))
    if request.method != "POST":
        return _draw(request, _form(card), card)
    version = _version(request, card)
    if version != card.state["version"]:
        return _meet(request, card, without_theirs(request.POST), version)
    return _change(request, card, without_theirs(request.POST))


def _form(card: Card) -> ContactForm:
    return ContactForm(context=card.context, kind=card.contact.kind, state=card.state)


def _version(request: SignedInRequest, card: Card) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else int(card.state["version"])


def _change(request: SignedInRequest, card: Card, data: QueryDict, kept: str = "") -> HttpResponse:
    form = _form(card)
    checked = form.read(data, contact_id=card.contact.pk)
    if checked.problems:
        return _draw(request, form, card, status=422)
    checked.version = card.state["version"]
    try:
        changes = contact_save(actor=request.user, draft=checked)[1] if checked.values else None
    except Rejected as error:
        form.complain(error.problems)
        return _draw(request, form, card, status=422)
    except Conflict:  # Somebody saved between our reading and our writing.
        now = card_for(request, card.contact.pk, "edit")
        with_company(now, outward(request.user, now.contact))
        return _meet(request, now, data, checked.version)
    said = _("%(name)s was saved.") if changes else _("%(name)s is as it was.")
    said %= {"name": _name(card.contact.pk, request)}
    said = " ".join(filter(None, [said, form.filled, kept]))
    return _saved(request, _where(request, card.contact.pk), said, changes, form)


def _meet(request: SignedInRequest, card: Card, data: QueryDict, version: int) -> HttpResponse:
    """Somebody else saved first: both values of each field that both changed, to choose from.
    Where there is none, what each of them changed stands together."""
    clash = clash_of(card, _form(card), data, version)
    if not clash.fields:
        return _change(request, card, clash.data, _kept(clash))
    found = {"contact": card.contact, "clash": clash, "version": card.state["version"]}
    return render(request, "contacts/form/clash.html", found, status=409)


def _kept(clash: Clash) -> str:
    if not clash.kept:
        return ""
    said = _("What %(who)s changed in the meantime was kept: %(fields)s.")
    return said % {"who": clash.who, "fields": ", ".join(map(str, clash.kept))}


def _draw(
    request: SignedInRequest,
    form: ContactForm,
    card: Card | None = None,
    *,
    prospect: bool = False,
    status: int = 200,
) -> HttpResponse:
    back = PROSPECTS if prospect else LIST
    found = {
        "form": form,
        "contact": card.contact if card else None,
        "version": card.state["version"] if card else "",
        "cancel_url": reverse("contacts:card", args=[card.contact.pk]) if card else back,
        "kinds": [each | {"here": each["kind"] == form.kind} for each in KINDS],
        "customer_url": _customer_url(form) if card is None else "",
        "alike_after": CARD,
        "heading": _("New prospect") if prospect else _("New contact"),
    }
    return render(request, "contacts/form/page.html", found, status=status)


def _customer_url(form: ContactForm) -> str:
    """A new company that is a customer: its form asks for the main site, 'main' unless named."""
    types = options_of(form.context).of(List.CONTACT_TYPE)
    customer = next((each.id for each in types if each.attributes.get("is_customer")), None)
    if customer is None or "contact_type" not in form.controls:
        return ""
    asked = {"kind": ContactKind.COMPANY.value, "contact_type": f"id:{customer}"}
    return "?" + urlencode(asked | {"site_name": MAIN})


def _name(pk: int, request: SignedInRequest) -> Any:
    name = shown_to(request.user).filter(pk=pk).values_list("name", flat=True).first()
    return name or _("The contact")


def _where(request: SignedInRequest, pk: int) -> str:
    """The card, unless it has just been hidden from who saved it."""
    seen = shown_to(request.user).filter(pk=pk).exists()
    return reverse("contacts:card", args=[pk]) if seen else LIST


def _saved(
    request: SignedInRequest,
    url: str,
    said: str,
    changes: ChangeSet | None,
    form: ContactForm,
    back: str = "",
) -> HttpResponse:
    """What is doubtful is told."""
    undo, level = undo_url(changes, then=back), level_of(form.remarks + form.doubts)
    said = " ".join(filter(None, [said, *form.remarks, _told(form.doubts)]))
    toast(request, said, undo=undo, level=level)
    return HttpResponseRedirect(url)


def _told(doubts: Sequence[str]) -> str:
    """More than one would be a wall of words; each stands on the card beside its value."""
    if len(doubts) < 2:
        return " ".join(doubts)
    said = ngettext(
        "%(many)s thing needs another look; the card says which.",
        "%(many)s things need another look; the card says which.",
        len(doubts),
    )
    return said % {"many": len(doubts)}
