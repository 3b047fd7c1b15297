"""The trash: what lies in it, back out of it, and out of it for good."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.queries import Users
from kith.accounts.requests import SignedInRequest
from kith.contacts.listing.counts import shown_total
from kith.contacts.listing.page import ListPage, list_page
from kith.contacts.listing.rows import load_rows
from kith.contacts.listing.trash import Trash
from kith.contacts.pages.list_columns import NAMED, TRASHED
from kith.contacts.pages.list_contacts import draw
from kith.contacts.pages.ticked import ticked_ids
from kith.contacts.queries import in_reach, shown_to
from kith.contacts.services.contacts import contacts_restore, contacts_trash
from kith.contacts.services.erasing import contacts_erase, erased_words
from kith.contacts.undo_address import undo_url
from kith.core.habits import count_text
from kith.core.kinds.kind import Context
from kith.history.models import ChangeSet
from kith.jobs.services import start
from kith.jobs.size import wants_job
from kith.reference.company import company
from kith.reference.queries import Options
from kith.web.lists import Action, Empty, Listing, with_params
from kith.web.pages import layout, next_url
from kith.web.toasts import toast

COLUMNS = (NAMED, TRASHED)
NOTHING = gettext_lazy("Nothing was ticked.")


@login_required
@require_safe
def trash(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.CONTACT_SEE)
    params = request.GET
    page = list_page(
        Trash(request.user), after=params.get("after", ""), before=params.get("before", "")
    )
    return draw(request, _listing(request, page))


@login_required
@require_POST
def trash_many(request: SignedInRequest) -> HttpResponse:
    """The ticked contacts go into the trash; those that are not theirs to see are passed over."""
    require(request.user, Permission.CONTACT_DELETE)
    ids = list(
        shown_to(request.user).filter(pk__in=ticked_ids(request)).values_list("pk", flat=True)
    )
    if not ids:
        return _nothing(request, "contacts:list")
    changes = contacts_trash(actor=request.user, ids=ids)
    said = ngettext(
        "%(count)s contact is in the trash.", "%(count)s contacts are in the trash.", len(ids)
    )
    return _moved(request, said, len(ids), changes, "contacts:list")


@login_required
@require_POST
def restore_many(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.CONTACT_DELETE)
    ids = list(_trashed(request, ticked_ids(request)))
    if not ids:
        return _nothing(request, "contacts:trash")
    changes = contacts_restore(actor=request.user, ids=ids)
    said = ngettext("%(count)s contact is back.", "%(count)s contacts are back.", len(ids))
    return _moved(request, said, len(ids), changes, "contacts:trash")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def empty_trash(request: SignedInRequest) -> HttpResponse:
    """Asks first: nothing brings these contacts back."""
    require(request.user, Permission.CONTACT_ERASE)
    count = Trash(request.user).count()
    if request.method != "POST":
        found = {"layout": layout(request), "count": shown_total(count), "some": count > 0}
        return render(request, "contacts/list/empty_trash.html", found)
    if wants_job(count):
        start("erase-trash", title=_("Emptying the trash"), user=request.user, total=count)
        said = _("The trash is being emptied; the bar at the top shows how far it is.")
        toast(request, said, level="info")
    elif count:
        erased = contacts_erase(actor=request.user, ids=list(_trashed(request)))
        toast(request, erased_words(erased))
    return HttpResponseRedirect(reverse("contacts:trash"))


def _trashed(request: SignedInRequest, ids: Sequence[int] | None = None) -> Sequence[int]:
    rows = in_reach(request.user).exclude(trashed_at=None)
    rows = rows if ids is None else rows.filter(pk__in=ids)
    return list(rows.values_list("pk", flat=True))


def _moved(
    request: SignedInRequest, said: str, count: int, changes: ChangeSet, fallback: str
) -> HttpResponse:
    undo = undo_url(changes, then=next_url(request, reverse("contacts:list")))
    toast(request, said % {"count": count_text(count)}, undo=undo)
    return _back(request, fallback)


def _nothing(request: SignedInRequest, fallback: str) -> HttpResponse:
    toast(request, str(NOTHING), level="warning")
    return _back(request, fallback)


def _back(request: SignedInRequest, fallback: str) -> HttpResponse:
    return HttpResponseRedirect(next_url(request, reverse(fallback)))


def _listing(request: SignedInRequest, page: ListPage) -> Listing:
    context = Context(default_country=company().country, options=Options(), users=Users())
    user, url, params = request.user, request.path, request.GET
    after = with_params(url, params, after=page.after) if page.after else ""
    before = with_params(url, params, before=page.before) if page.before else ""
    return Listing(
        url=url,
        params=params,
        columns=COLUMNS,
        rows=load_rows(user, page.rows, context),
        label=_("Trash"),
        text=kept_words() if page.rows else "",
        row_url=lambda _row: "",
        row_name=lambda row: row.name,
        count=shown_total(page.total),
        range=f"{count_text(page.first)}–{count_text(page.last)}",
        sort=Trash.sort,
        actions=_actions(request),
        buttons=_buttons(request) if page.rows else (),
        next_url=after,
        previous_url=before,
        selectable=user.may(Permission.CONTACT_DELETE),
        empty=_empty(),
    )


def kept_words() -> str:
    """How long what is deleted can come back."""
    days = settings.TRASH_DAYS
    if not days:
        return _("They stay until an administrator empties the trash.")
    said = ngettext(
        "After %(n)d day in the trash a contact is erased for good.",
        "After %(n)d days in the trash a contact is erased for good.",
        days,
    )
    return said % {"n": days}


def _empty() -> Empty:
    text = _("Deleted contacts come here.") + " " + kept_words()
    links = [(_("Show all contacts"), reverse("contacts:list"))]
    return Empty(_("The trash is empty"), text, icon="trash", links=links)


def _actions(request: SignedInRequest) -> Sequence[Action]:
    if not request.user.may(Permission.CONTACT_DELETE):
        return ()
    back = urlencode({"next": request.get_full_path()})
    url = f"{reverse('contacts:restore-many')}?{back}"
    return (Action(_("Bring back"), url, icon="arrow-back-up"),)


def _buttons(request: SignedInRequest) -> Sequence[Action]:
    if not request.user.may(Permission.CONTACT_ERASE):
        return ()
    return (Action(_("Empty the trash"), reverse("contacts:empty-trash"), icon="trash-x"),)
