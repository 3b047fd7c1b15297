"""One reference list: its options in their order, how often each is used, what may be done."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.core.habits import count_text
from kith.core.kinds.kind import Context
from kith.reference.growth import everybody_adds
from kith.reference.lists import Attribute, Colour, ListInfo, list_info
from kith.reference.models import Option
from kith.reference.queries import OptionPage, Options, option_page
from kith.reference.usage import usage
from kith.web.lists import Action, Column, Empty, Listing, Seek, View
from kith.web.marks import icon

PAGE = 100


@dataclass(frozen=True)
class Row:
    """An option as its line shows it."""

    option: Option
    count: int
    first: bool
    last: bool

    @property
    def id(self) -> int:
        return self.option.pk


@require_safe
def option_list(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.REFERENCE_MANAGE)
    return draw_list(request, list_info(name))


def draw_list(request: SignedInRequest, info: ListInfo) -> HttpResponse:
    """The whole page, or its list alone when that is what was asked for."""
    listing = _listing(request, info)
    if request.htmx:
        return render(request, "web/list/page.html", {"list": listing})
    return render(
        request,
        "setup/list.html",
        {
            "list": listing,
            "info": info,
            "everybody": everybody_adds(info.name),
        },
    )


def _listing(request: SignedInRequest, info: ListInfo) -> Listing:
    text = request.GET.get("find", "").strip()[:100]
    archived = request.GET.get("state") == "archived"
    page = option_page(
        info.name, text=text, archived=archived, page=request.GET.get("page", ""), size=PAGE
    )
    rows = _rows(info, page)
    listing = Listing(
        url=reverse("setup:list", args=[info.name]),
        params=request.GET,
        columns=_columns(info, plain=bool(text) or archived),
        rows=rows,
        label=info.label,
        row_url=lambda row: _url(row.option),
        row_name=lambda row: row.option.name,
        edit_url=lambda row: _url(row.option),
        count=count_text(page.total),
        range=f"{page.start + 1}–{page.start + len(rows)}",
        actions=_actions(info, archived=archived),
        kept=[("state", "archived")] if archived else (),
        seek=Seek("find", text, _("Find in this list")),
    )
    listing.views = _views(listing, info, archived=archived)
    listing.previous_url = listing.link(page=str(page.number - 1)) if page.number > 1 else ""
    listing.next_url = listing.link(page=str(page.number + 1)) if page.more else ""
    listing.empty = _empty(listing, info, text, archived=archived)
    return listing


def _rows(info: ListInfo, page: OptionPage) -> list[Row]:
    held: Counter[int] = usage(info.name, [each.pk for each in page.options])
    last = page.total - 1
    return [
        Row(each, held[each.pk], first=place == 0, last=place == last)
        for place, each in enumerate(page.options, page.start)
    ]


def _url(option: Option) -> str:
    return reverse("setup:option", args=[option.list_name, option.pk])


def _columns(info: ListInfo, *, plain: bool) -> list[Column]:
    columns = [Column("name", gettext_lazy("Name"), partial(_name, info), css="c-name")]
    context = Context(options=Options())
    columns += [
        Column(each.name, each.label, _drawer(each, context), css="c-slim")
        for each in info.attributes
        if not isinstance(each.kind, Colour)
    ]
    columns.append(Column("used", gettext_lazy("Used"), _used, css="c-num soft", narrow="sub"))
    if not plain:
        columns.append(
            Column(
                "order",
                gettext_lazy("Order"),
                _order,
                css="c-order",
                narrow="more",
                hidden_label=True,
            )
        )
    return columns


def _name(info: ListInfo, row: Row) -> str:
    colour = row.option.attributes.get("colour")
    dot = f'<span class="k-dot {escape(colour)}"></span>' if colour else ""
    name = escape(info.shown(row.option.name))
    return f'<a href="{_url(row.option)}" data-dialog>{dot}<bdi>{name}</bdi></a>'


def _drawer(attribute: Attribute, context: Context) -> Any:
    def draw(row: Row) -> str:
        value = row.option.attributes.get(attribute.name)
        if value is False:
            return ""
        return escape(attribute.kind.show(value, context))

    return draw


def _used(row: Row) -> str:
    if not row.count:
        return f'<span class="k-muted">{escape(_("not used"))}</span>'
    said = ngettext("%(n)s time", "%(n)s times", row.count)
    return escape(said % {"n": count_text(row.count)})


def _order(row: Row) -> str:
    """Two buttons, and what a script drags the row by."""
    up, down, dots = icon("chevron-up"), icon("chevron-down"), icon("grip-vertical")
    said = escape(_("Drag to move"))
    grip = f'<span class="k-drag" data-grip="row" title="{said}">{dots}</span>'
    return (
        _move(row, "up", _("Move up"), up, off=row.first)
        + _move(row, "down", _("Move down"), down, off=row.last)
        + grip
    )


def _move(row: Row, way: str, label: str, sign: str, *, off: bool) -> str:
    """A button of the list's own form; without JavaScript it posts, and the page comes again."""
    url = reverse("setup:option-move", args=[row.option.list_name])
    said = escape(f"{label}: {row.option.name}")
    state = ' aria-disabled="true"' if off else ""
    state += f' data-by="{row.id}:N"' if way == "up" else ""
    return (
        f'<button class="btn btn-quiet btn-only btn-sm" id="{way}-{row.id}" name="move" '
        f'value="{row.id}:{way}" formaction="{url}" hx-post="{url}" hx-target="#list" '
        f'hx-swap="outerHTML" aria-label="{said}" title="{escape(label)}"{state}>'
        f"{sign}</button>"
    )


def _actions(info: ListInfo, *, archived: bool) -> list[Action]:
    def url(act: str) -> str:
        return reverse(f"setup:options-{act}", args=[info.name])

    state = (
        Action(_("Bring back"), url("restore"), icon="archive-off")
        if archived
        else Action(_("Archive"), url("archive"), icon="archive")
    )
    merge = [] if info.codes else [Action(_("Merge…"), url("merge"), icon="arrow-merge")]
    return [
        *merge,
        state,
        Action(_("Delete"), url("delete"), icon="trash"),
    ]


def _views(listing: Listing, info: ListInfo, *, archived: bool) -> list[View]:
    offered = Option.objects.filter(list_name=info.name, same_as=None)
    counts = {state: offered.filter(archived=state).count() for state in (False, True)}
    return [
        View(_("In use"), listing.link(state=None), str(counts[False]), here=not archived),
        View(_("Archived"), listing.link(state="archived"), str(counts[True]), here=archived),
    ]


def _empty(listing: Listing, info: ListInfo, text: str, *, archived: bool) -> Empty:
    if text:
        title = _("Nothing here is called “%(text)s”") % {"text": text}
        links = [(_("Show all"), listing.link(find=None))]
        return Empty(title, _("Every spelling of case and accents was tried."), "search", links)
    if archived:
        said = _("What is archived stays where it is used, and is offered no more.")
        return Empty(_("Nothing is archived"), said, icon="archive")
    add = [(_("Add the first"), reverse("setup:option-new", args=[info.name]))]
    return Empty(_("This list is empty"), _("What you add here is offered in forms."), "list", add)
