"""Links on the card: the panels at the right, and making, changing and taking away a link."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts import linked
from kith.contacts.access import contact_for
from kith.contacts.card import Card
from kith.contacts.finding import MOST
from kith.contacts.forms.link import LinkForm
from kith.contacts.linked import Mate
from kith.contacts.listing.page import best
from kith.contacts.listing.rows import Row, load_rows
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import state_of
from kith.contacts.models import Contact, ContactKind, Link
from kith.contacts.pages.done import done
from kith.contacts.pages.list_contacts import row_context
from kith.contacts.pages.loading import card_for, is_htmx
from kith.contacts.picture_address import picture_url
from kith.contacts.places import places_of
from kith.contacts.queries import links_visible_to, visible_to
from kith.contacts.services.links import link_remove, link_save
from kith.core.errors import Conflict, NotFound, Rejected
from kith.web.once import check_new, made_once
from kith.web.pages import layout

PARTS = {
    "link-results": "contacts/links/results.html",
    "link-site": "contacts/links/site.html",
}
"""The parts of the dialog that are asked for alone, by where they are put."""


def panels(card: Card) -> SafeString:
    """Companies and people apart; first what the contact is mostly linked to. Only the first page
    of each direction: the next one begins where it ends."""
    out = card.mates if card.mates is not None else linked.outward(card.user, card.contact)
    coming = linked.inward(card.user, card.contact)
    person = card.contact.kind == ContactKind.PERSON
    mates = [*out[: linked.PAGE], *coming[: linked.PAGE]]
    mates.sort(key=lambda each: each.ended)
    whole = max(len(out), len(coming)) <= linked.PAGE
    first = [each for each in mates if (each.kind == ContactKind.COMPANY) == person]
    others = [each for each in mates if each not in first]
    titles = (_("Companies"), _("People")) if person else (_("People"), _("Companies"))
    drawn = [_panel(card, titles[0], first, adding=True)]
    if others:
        drawn.append(_panel(card, titles[1], others, counted=whole))
    more = ""
    if len(out) > linked.PAGE or len(coming) > linked.PAGE:
        more = render_to_string(
            "contacts/links/more.html",
            {
                "url": _more_url(card, out, coming),
                "total": linked.how_many_inward(card.user, card.contact),
            },
        )
    return SafeString("".join(drawn) + more)


def _panel(
    card: Card, title: str, mates: Sequence[Mate], *, adding: bool = False, counted: bool = False
) -> SafeString:
    may_edit = card.may(Permission.CONTACT_EDIT)
    add = reverse("contacts:links", args=[card.contact.pk]) if adding and may_edit else ""
    panel = {
        "title": title,
        "count": len(mates) if counted else "",
        "add_url": add,
        "add_label": _("Link"),
        "items": [mate_item(card, each) for each in mates],
        "empty": _("None yet."),
    }
    return render_to_string("web/card/panel.html", {"panel": panel})


def mate_item(card: Card, mate: Mate) -> dict[str, Any]:
    """As web/card_parts.py draws it."""
    pk = card.contact.pk
    menu = [
        _entry(_("Change"), "contacts:link", pk, mate, icon="pencil"),
        _entry(_("Unlink"), "contacts:unlink", pk, mate, icon="unlink"),
    ]
    return {
        "id": mate.id,
        "kind": mate.kind,
        "name": mate.name,
        "picture_url": picture_url(mate.id, mate.picture),
        "detail": mate.detail(card.context),
        "ended": mate.ended,
        "url": reverse("contacts:card", args=[mate.id]),
        "menu": menu if card.may(Permission.CONTACT_EDIT) else [],
    }


def _entry(label: str, url_name: str, pk: int, mate: Mate, *, icon: str) -> dict[str, str]:
    return {"label": label, "url": reverse(url_name, args=[pk, mate.link_id]), "icon": icon}


def _more_url(card: Card, out: Sequence[Mate], coming: Sequence[Mate]) -> str:
    pages = [("out", out), ("in", coming)]
    last = {side: m[linked.PAGE - 1].link_id for side, m in pages if len(m) > linked.PAGE}
    url = reverse("contacts:more-links", args=[card.contact.pk])
    return f"{url}?" + "&".join(f"{side}={pk}" for side, pk in last.items())


@login_required
@require_safe
def more(request: SignedInRequest, pk: int) -> HttpResponse:
    """The next page of links, after the last ones shown in each direction."""
    card = card_for(request, pk)
    out = _after(request, "out", linked.outward, card)
    site = _site_asked(request, card)
    coming = _after(request, "in", partial(linked.inward, **site), card)
    found: dict[str, Any] = {
        "items": [mate_item(card, each) for each in (*out[: linked.PAGE], *coming[: linked.PAGE])],
        "contact": card.contact,
        "layout": layout(request),
        "url": "",
    }
    if len(out) > linked.PAGE or len(coming) > linked.PAGE:
        found["url"] = _more_url(card, out, coming)
        found["url"] += f"&site={request.GET['site']}" if site else ""
    template = "contacts/links/page.html" if is_htmx(request) else "contacts/links/all.html"
    return render(request, template, found)


def _site_asked(request: SignedInRequest, card: Card) -> dict[str, Any]:
    """Only who sits at one site, where the address says so; links call the main one None."""
    wanted = request.GET.get("site", "")
    place = next((each for each in places_of(card) if str(each.id) == wanted), None)
    return {"site": place.key} if place else {}


def _after(request: SignedInRequest, side: str, read: Any, card: Card) -> Sequence[Mate]:
    after = request.GET.get(side, "")
    if not after.isdecimal() or len(after) > 18:
        return []
    found: Sequence[Mate] = read(card.user, card.contact, int(after))
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dialog that looks for a contact and links it."""
    contact = contact_for(request.user, pk, "edit")
    form = LinkForm(contact=contact, other=_chosen(request), other_kind=_made_kind(request))
    if request.method == "POST":
        return _save(request, contact, form, None)
    if "relation" in request.GET:
        form.choose_again(request.GET)
    return _ask(request, contact, form)


def _chosen(request: SignedInRequest) -> Contact | None:
    """Whom the address or the form names, to ask for a site of theirs."""
    text = request.GET.get("other", "") or request.POST.get("other", "")
    usable = text.isdecimal() and len(text) < 19
    return visible_to(request.user).filter(pk=int(text)).first() if usable else None


def _made_kind(request: SignedInRequest) -> str:
    """The kind of one that is to be made on the spot, as the list of those found says it."""
    text = request.GET.get("other", "") or request.POST.get("other", "")
    kind = text.removeprefix("new-")
    return kind if text != kind and kind in ContactKind.values else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int, link_id: int) -> HttpResponse:
    contact = contact_for(request.user, pk, "edit")
    link = _link_for(request, contact, link_id)
    form = LinkForm(contact=contact, link=link)
    if request.method == "POST":
        return _save(request, contact, form, link.pk)
    return _ask(request, contact, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, pk: int, link_id: int) -> HttpResponse:
    """Takes the link away; both contacts stay."""
    contact = contact_for(request.user, pk, "edit")
    link = _link_for(request, contact, link_id)
    other = link.other if link.contact_id == contact.pk else link.contact
    if request.method != "POST":
        found = {"layout": layout(request), "contact": contact, "other": other}
        return render(request, "contacts/links/remove.html", found)
    changes = link_remove(actor=request.user, pk=link.pk)
    return done(
        request,
        _("%(name)s is no longer linked.") % {"name": other},
        changes,
        reverse("contacts:card", args=[contact.pk]),
    )


def _link_for(request: SignedInRequest, contact: Contact, link_id: int) -> Link:
    """A link of this contact whose other end the user may see as well."""
    links = links_visible_to(request.user).select_related("contact", "other")
    link = links.filter(pk=link_id).first()
    if link is None or contact.pk not in (link.contact_id, link.other_id):
        raise NotFound
    return link


def _ask(
    request: SignedInRequest, contact: Contact, form: LinkForm, status: int = 200
) -> HttpResponse:
    query = request.GET.get("q", "") or request.POST.get("q", "")
    results = _results(request.user, query, contact) if form.link is None else []
    found = {
        "layout": layout(request),
        "contact": contact,
        "form": form,
        "query": query,
        "results": results,
        "chosen": form.other,
        "made": request.POST.get("other", ""),
        "may_create": request.user.may(Permission.CONTACT_CREATE),
    }
    target = request.htmx.target if is_htmx(request) else ""
    template = PARTS.get(target or "", "contacts/links/form.html")
    return render(request, template, found, status=status)


def _results(user: Any, query: str, contact: Contact) -> list[Row]:
    """Those that the search box finds, with what tells one Ravi Kumar from another."""
    state = state_of(query.replace("\0", ""))
    cells = best(Selection(user, state), MOST + 1) if state.query else []
    rows = load_rows(user, cells, row_context(user))
    return [each for each in rows if each.id != contact.pk][:MOST]


def _save(
    request: SignedInRequest, contact: Contact, form: LinkForm, pk: int | None
) -> HttpResponse:
    check_new(request)
    values = form.read(request.POST, request.user)
    if form.errors:
        return _ask(request, contact, form, 422)
    try:
        with made_once(request) as made:
            made.url = reverse("contacts:card", args=[contact.pk])
            _link, changes = link_save(
                actor=request.user, values=values, pk=pk, version=form.version, new=form.new
            )
    except Conflict as conflict:
        form.clash(conflict.clashes[0])
        return _ask(request, contact, form, 409)
    except Rejected as error:
        form.complain(error.problems)
        return _ask(request, contact, form, 422)
    said = _("%(name)s is linked.") if pk is None else _("The link to %(name)s was changed.")
    name = form.other or form.new["name"]
    return done(request, said % {"name": name}, changes, made.url)
