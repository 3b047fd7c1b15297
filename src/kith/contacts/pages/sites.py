"""Sites on the card: the panel at the right, the tab of who sits where, and changing them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.access import contact_for
from kith.contacts.card import Card
from kith.contacts.forms.site import SiteForm
from kith.contacts.models import Contact, Site
from kith.contacts.pages.done import done
from kith.contacts.pages.links import mate_item
from kith.contacts.places import Place, places_of, seat
from kith.contacts.queries import further_sites_visible_to
from kith.contacts.services.sites import site_make_main, site_remove, site_save
from kith.core.errors import Conflict, NotFound, Rejected
from kith.history.models import ChangeSet
from kith.web.once import check_new, made_once
from kith.web.pages import layout

SHOWN = 6
"""Sites in the panel; the tab has them all."""


def count(card: Card) -> str:
    many = len(places_of(card))
    return str(many) if many > 1 else ""


def panel(card: Card) -> SafeString:
    """The sites with their local time, and the way to add one."""
    places = places_of(card)
    if len(places) == 1 and not card.may(Permission.CONTACT_EDIT):
        return SafeString("")
    found = {
        "contact": card.contact,
        "places": places[:SHOWN] if len(places) > 1 else [],
        "more": max(0, len(places) - SHOWN),
        "may_edit": card.may(Permission.CONTACT_EDIT),
    }
    return render_to_string("contacts/sites/panel.html", found)


def tab(card: Card) -> SafeString:
    """Every site with its address, and the people who sit there."""
    places = places_of(card)
    seat(places, card.user, card.contact)
    found = {
        "contact": card.contact,
        "places": [(each, _people(card, each)) for each in places],
        "may_edit": card.may(Permission.CONTACT_EDIT),
        "csrf_token": card.csrf_token,
    }
    return render_to_string("contacts/sites/tab.html", found)


def _people(card: Card, place: Place) -> list[dict[str, Any]]:
    return [mate_item(card, each) for each in place.mates]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = contact_for(request.user, pk, "edit")
    return _save(request, contact, SiteForm())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int, site_id: int) -> HttpResponse:
    contact = contact_for(request.user, pk, "edit")
    return _save(request, contact, SiteForm(site=_site_for(request, contact, site_id)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, pk: int, site_id: int) -> HttpResponse:
    """Takes the site away; who sat there sits at the main one."""
    contact = contact_for(request.user, pk, "edit")
    site = _site_for(request, contact, site_id)
    if request.method != "POST":
        found = {"layout": layout(request), "contact": contact, "site": site}
        return render(request, "contacts/sites/remove.html", found)
    changes = site_remove(actor=request.user, pk=site.pk)
    return _done(request, contact, _("%(name)s was taken away.") % {"name": site.name}, changes)


@login_required
@require_POST
def make_main(request: SignedInRequest, pk: int, site_id: int) -> HttpResponse:
    contact = contact_for(request.user, pk, "edit")
    site = _site_for(request, contact, site_id)
    changes = site_make_main(actor=request.user, pk=site.pk)
    said = _("%(name)s is the main site now.") % {"name": site.name}
    return _done(request, contact, said, changes)


def _site_for(request: SignedInRequest, contact: Contact, site_id: int) -> Site:
    site = further_sites_visible_to(request.user).filter(pk=site_id, contact=contact).first()
    if site is None:
        raise NotFound
    return site


def _save(request: SignedInRequest, contact: Contact, form: SiteForm) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, contact, form)
    check_new(request)
    checked = form.read(request.POST)
    if form.errors:
        return _ask(request, contact, form, 422)
    try:
        with made_once(request) as made:
            _pk, changes = site_save(actor=request.user, contact=contact.pk, draft=checked)
            made.url = _where(contact)
    except Conflict as conflict:
        form.clash(conflict.clashes[0])
        return _ask(request, contact, form, 409)
    except Rejected as error:
        form.complain(error.problems)
        return _ask(request, contact, form, 422)
    said = _("%(name)s was saved.") if form.site else _("%(name)s was added.")
    name = form.controls["site_name"].shown or _("The site")
    return _done(request, contact, said % {"name": name}, changes)


def _ask(
    request: SignedInRequest, contact: Contact, form: SiteForm, status: int = 200
) -> HttpResponse:
    found = {"layout": layout(request), "contact": contact, "form": form}
    return render(request, "contacts/sites/form.html", found, status=status)


def _done(
    request: SignedInRequest, contact: Contact, said: str, changes: ChangeSet | None
) -> HttpResponse:
    return done(request, said, changes, _where(contact))


def _where(contact: Contact) -> str:
    return reverse("contacts:card", args=[contact.pk]) + "?tab=sites"
