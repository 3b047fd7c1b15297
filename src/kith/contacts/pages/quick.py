"""Quick add: four fields and Enter, from anywhere."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.context import reading_context
from kith.contacts.finding import alike
from kith.contacts.forms.contact import ContactForm, quick_form
from kith.contacts.models import ContactKind
from kith.contacts.pages.loading import LIST, PROSPECTS
from kith.contacts.queries import shown_to
from kith.contacts.record import CONTACT
from kith.contacts.services.contacts import contact_save
from kith.contacts.undo_address import undo_url
from kith.core.errors import Rejected
from kith.web.once import check_new, made_once
from kith.web.pages import go, layout
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: SignedInRequest, *, prospect: bool = False) -> HttpResponse:
    require(request.user, Permission.CONTACT_CREATE)
    form = quick_form(reading_context(reader=request.user))
    if request.method != "POST":
        form.prefill(request.GET)
        return _draw(request, form, prospect=prospect)
    check_new(request)
    checked = form.read(request.POST)
    if checked.problems:
        return _draw(request, form, prospect=prospect, status=422)
    if prospect:
        checked.values["is_prospect"] = True
    try:
        with made_once(request) as made:
            pk, changes = contact_save(actor=request.user, draft=checked)
            made.url = reverse("contacts:card", args=[pk])
    except Rejected as error:
        form.complain(error.problems)
        return _draw(request, form, prospect=prospect, status=422)
    assert changes
    name = shown_to(request.user).values_list("name", flat=True).get(pk=pk)
    undo = undo_url(changes, then=PROSPECTS if prospect else LIST)
    toast(request, _("%(name)s was added.") % {"name": name}, undo=undo)
    return go(request, made.url)


def _draw(
    request: SignedInRequest, form: ContactForm, *, prospect: bool, status: int = 200
) -> HttpResponse:
    found = {
        "layout": layout(request),
        "form": form,
        "heading": _("New prospect") if prospect else _("New contact"),
        "full_url": reverse("contacts:prospects-new" if prospect else "contacts:new"),
        "cancel_url": PROSPECTS if prospect else LIST,
    }
    return render(request, "contacts/form/quick.html", found, status=status)


@login_required
@require_safe
def find_alike(request: SignedInRequest) -> HttpResponse:
    """Contacts that look like the one being typed: the same address or number, a similar name."""
    require(request.user, Permission.CONTACT_CREATE)
    kind = request.GET.get("kind", "")
    form = (
        ContactForm(context=reading_context(reader=request.user), kind=kind)
        if kind in ContactKind.values
        else quick_form(reading_context(reader=request.user))
    )
    checked = form.read(request.GET)
    found = alike(
        request.user,
        CONTACT,
        checked.values,
        why_name=_("a similar name"),
        why_same=_("the same %(field)s"),
    )
    return render(request, "web/form/alike.html", {"contacts": found})
