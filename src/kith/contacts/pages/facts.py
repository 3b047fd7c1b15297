"""The facts of a card, and changing one where it stands."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.card import Card
from kith.contacts.dealing import ONLY_IN_TRADE, trades
from kith.contacts.display import draw
from kith.contacts.fields.sections import REACH
from kith.contacts.forms.contact import ContactForm
from kith.contacts.forms.controls import control_for, editable
from kith.contacts.linked import outward
from kith.contacts.pages.doubt_notes import at_odds, doubt_note
from kith.contacts.pages.header import header_html, with_company
from kith.contacts.pages.loading import LIST, card_for, field_named, is_htmx
from kith.contacts.pages.reveal_button import reveal_button
from kith.contacts.pages.second_question import REFERENCE, asked, away, fits, turned
from kith.contacts.queries import shown_to
from kith.contacts.record import CONTACT
from kith.contacts.services.contacts import contact_save
from kith.contacts.settling import BLANK
from kith.contacts.undo_address import undo_url
from kith.core.errors import Conflict, Rejected
from kith.core.fields import Field
from kith.core.kinds.kind import Invalid
from kith.history.models import ChangeSet
from kith.history.queries import changed_fields, state_before
from kith.web.card_parts import fact as drawn_fact
from kith.web.pages import go
from kith.web.toasts import level_of, toast, toast_now

READ_ONLY_SHOWN = ("code", "created_at", "customer_number", "vendor_number")
QUIET = BLANK.keys() - {"accessibility"}


@dataclass(frozen=True)
class Fact:
    """As web/card_parts.py draws it."""

    name: str
    label: Any
    value: SafeString
    edit_url: str
    show_url: str

    @property
    def html(self) -> SafeString:
        return drawn_fact(self.name, self.label, self.value, self.edit_url)


@dataclass(frozen=True)
class FactSection:
    id: str
    label: Any
    filled: Sequence[Fact]
    empty: Sequence[Fact]


@lru_cache(maxsize=64)
def _fields_url(pk: int) -> str:
    """Looked up once for the hundred facts of a card: each look-up costs more than drawing one."""
    return reverse("contacts:fact", args=[pk, "name"]).removesuffix("name/")


def fact_of(card: Card, field: Field) -> Fact:
    url = f"{_fields_url(card.contact.pk)}{field.name}/"
    may_edit = editable(field) and card.may(Permission.CONTACT_EDIT)
    value = draw(field, card.state.get(field.name), card.context) + reveal_button(card, field)
    value += doubt_note(card, field)
    return Fact(field.name, field.label, value, url if may_edit else "", f"{url}?show=1")


def fact_sections(card: Card) -> list[FactSection]:
    """All facts by section, how to reach them first: somebody is on the phone.

    The empty ones stand apart, and only for who may fill them.
    """
    sections = []
    trading, second = _trades(card), asked(card)
    for key, label in _sections():
        if key in ONLY_IN_TRADE and not trading:
            continue
        fields = [each for each in _fields(card.contact.kind, key) if fits(card, each.name)]
        facts = [fact_of(card, each) for each in fields]
        filled = [
            each
            for each in facts
            if (each.value and not _is_blank(card, each)) or (each.name == second and each.edit_url)
        ]
        rest = [each for each in facts if each not in filled]
        empty = [each for each in rest if each.value or each.edit_url]
        if filled or empty:
            sections.append(FactSection(key, label, filled, empty))
    return sections


def _trades(card: Card) -> bool:
    return trades(card.state, card.context.options, CONTACT.fields)


def _sections() -> list[tuple[str, Any]]:
    """How to reach them first, unless an administrator has put the sections in order."""
    shaped = [name for name, _label in CONTACT.sections]
    declared = [name for name, _label in CONTACT.declared.sections]
    if [name for name in shaped if name in declared] != declared:
        return list(CONTACT.sections)
    return sorted(CONTACT.sections, key=lambda section: section[0] != REACH)


def _is_blank(card: Card, fact: Fact) -> bool:
    """What nobody has said anything about: not marked important, a site called 'main'; and
    what follows from another fact."""
    if CONTACT.field(fact.name).derived:
        return True
    return fact.name in QUIET and card.state.get(fact.name) == BLANK[fact.name]


def _fields(kind: str, section: str) -> list[Field]:
    return [
        each
        for each in CONTACT.fields
        if each.section == section
        and each.applies_to(kind)
        and (editable(each) or each.name in READ_ONLY_SHOWN)
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """GET gives the input (with ?show=1 the fact again), POST saves it."""
    showing = request.method != "POST" and "show" in request.GET
    card = card_for(request, pk, "see" if showing else "edit")
    field = field_named(name, card.contact.kind)
    with_company(card, outward(request.user, card.contact))
    if request.method == "POST":
        return _save(request, card, field)
    if not is_htmx(request):
        return HttpResponseRedirect(reverse("contacts:edit", args=[pk]) + f"#id_{name}")
    if showing:
        return HttpResponse(fact_of(card, field).html)
    card.context.country = card.state.get("country") or ""
    return _ask(request, card, _form(card, field), card.state["version"])


def _form(card: Card, field: Field) -> ContactForm:
    """Of this one field."""
    return ContactForm(
        context=card.context,
        kind=card.contact.kind,
        state=card.state,
        fields=[field],
        make=_control,
    )


def _control(field: Field, context: Any, value: Any = None) -> Any:
    return control_for(field, context, value)


def _ask(
    request: SignedInRequest,
    card: Card,
    form: ContactForm,
    version: Any,
    *,
    error: str = "",
    over: Any = None,
    status: int = 200,
) -> HttpResponse:
    control = next(iter(form))
    found = {
        "fact": fact_of(card, control.field),
        "control": control.html,
        "version": version,
        "over": over,
        "error": error or _beside(control) or " ".join(form.non_field_errors),
    }
    return render(request, "web/card/fact_form.html", found, status=status)


def _beside(control: Any) -> SafeString:
    """What is wrong, unless it stands at one of several entries already."""
    errors = [] if getattr(control, "row_errors", None) else control.errors
    return format_html_join(" ", "{}", ((each,) for each in errors))


def _save(request: SignedInRequest, card: Card, field: Field) -> HttpResponse:
    form = _form(card, field)
    asked = _number(request.POST.get("version"), card.state["version"])
    version = _number(request.POST.get("over"), asked)
    checked = form.read(request.POST, contact_id=card.contact.pk)
    if checked.problems:
        return _ask(request, card, form, version, status=422)
    overtaken = version != card.state["version"] and _changed_since(card, field, version)
    if overtaken and checked.values:
        return _overtaken(request, card, form, version)
    if field.name == "city" and checked.values:
        checked.values |= _brought_along(card, request.POST)
    checked.version = card.state["version"]
    try:
        changes = contact_save(actor=request.user, draft=checked)[1] if checked.values else None
    except Rejected as error:
        form.complain(error.problems)
        return _ask(request, card, form, version, status=422)
    except Conflict:
        return _overtaken(request, card_for(request, card.contact.pk, "edit"), form, version)
    return _saved(request, card, field, changes, form)


def _brought_along(card: Card, sent: Any) -> dict[str, Any]:
    """The country and state of a city that was picked among those offered: Oslo is not in
    Maharashtra. Of a city in another country whose state is not known, none is left."""
    found: dict[str, Any] = {}
    stands = card.state.get("country") or ""
    for name in ("country", "state"):
        card.context.country = found.get("country") or stands
        if sent.get(f"fill_{name}"):
            with suppress(Invalid):
                value = CONTACT.field(name).kind.clean(sent[f"fill_{name}"], card.context)
                found[name] = value
    moved = found.get("country", stands) != stands
    return {"state": None} | found if moved else found


def _number(text: str | None, fallback: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else fallback


def _changed_since(card: Card, field: Field, version: int) -> bool:
    """Whether somebody changed this very field: other fields do not stand in the way."""
    steps = card.state["version"] - version
    base = state_before(CONTACT.name, card.contact.pk, card.state, steps)
    return steps < 0 or base.get(field.name) != card.state.get(field.name)


def _overtaken(
    request: SignedInRequest, card: Card, form: ContactForm, version: int
) -> HttpResponse:
    """The form keeps its version, so that only the button named for it writes over theirs."""
    field = next(iter(form)).field
    now = field.kind.show(card.state.get(field.name), card.context) or _("empty")
    message = _("Somebody changed this to “%(value)s” in the meantime. Nothing is saved yet.")
    said, over = message % {"value": now}, card.state["version"]
    return _ask(request, card, form, version, error=said, over=over, status=409)


def _saved(
    request: SignedInRequest,
    card: Card,
    field: Field,
    changes: ChangeSet | None,
    form: ContactForm,
) -> HttpResponse:
    pk, undo, level = card.contact.pk, undo_url(changes), level_of(form.remarks + form.doubts)
    told = [_("%(field)s changed.") % {"field": field.label}, form.filled]
    told += form.remarks + form.doubts
    said = " ".join(filter(None, told))
    if not shown_to(request.user).filter(pk=pk).exists():
        toast(request, said, undo=undo)
        return go(request, LIST)
    now = card_for(request, pk)
    sections_change = field.name == "kind" or _trades(now) != _trades(card)
    if sections_change or not is_htmx(request):
        toast(request, said, undo=undo, level=level)
        return go(request, reverse("contacts:card", args=[pk]))
    with_company(now, outward(request.user, now.contact))
    doubted = {name for name, _said in at_odds(card).items() ^ at_odds(now).items()}
    others = _others(changes, pk, field, doubted)
    drawn = _fragments(request, now, field, others)
    if field.name == REFERENCE:
        drawn = _with_second(card, now, drawn)
    response = HttpResponse(drawn)
    trigger_client_event(response, "card-changed", {})
    return toast_now(response, said, undo=undo, level=level) if changes else response


def _with_second(before: Card, now: Card, drawn: str) -> str:
    """Its answer is asked for right below, and no longer what another reference asked."""
    come, gone = turned(before, now)
    below = "".join(str(fact_of(now, CONTACT.field(name)).html) for name in come)
    reference = str(fact_of(now, CONTACT.field(REFERENCE)).html)
    rest = drawn.removeprefix(reference)
    return "".join((reference, below, rest, *map(away, gone)))


def _others(
    changes: ChangeSet | None, pk: int, field: Field, doubted: Iterable[str]
) -> list[Field]:
    """The facts that changed along with it (a name's parts), or whose doubts did (`doubted`), to
    be drawn anew as well."""
    changed = changed_fields(changes, CONTACT.name, pk) if changes else set()
    names = {*changed, *doubted} - {field.name}
    return [each for each in CONTACT.fields if each.name in names and editable(each)]


def _fragments(request: SignedInRequest, card: Card, field: Field, others: list[Field]) -> str:
    drawn = [str(fact_of(card, field).html)]
    for other in others:
        html = str(fact_of(card, other).html)
        drawn.append(html.replace('class="k-fact"', 'class="k-fact" hx-swap-oob="true"', 1))
    drawn.append(header_html(card, swap=True))
    return "".join(drawn)
