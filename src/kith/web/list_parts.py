"""What a list has by the dozen: heads, cells, orders. Plain functions, like the marks: a template
include per cell costs more than the query (a peer spends nine tenths of its time so); fifty rows of
eight cells take about a millisecond here."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.web import marks

if TYPE_CHECKING:
    from kith.web.lists import Column, Listing, Ordering

PADDING = 24
"""What stands at both sides of a cell, in pixels."""
HERE = ' aria-current="true"'
SWAPS = 'hx-boost="true" hx-target="#list" hx-swap="outerHTML'


def cols(listing: "Listing") -> SafeString:
    """How wide the columns are, as attributes: a policy of strict content forbids styles."""
    if not listing.sizable:
        return SafeString("")
    widths = [listing.widths.get(column.name, 0) for column in listing.columns]
    cols = [f'<col width="{width}">' if width else "<col>" for width in widths]
    return mark_safe("".join(["<col>" if listing.selectable else "", *cols]))  # noqa: S308


def _classes(listing: "Listing", column: "Column") -> str:
    sized = listing.sizable and listing.widths.get(column.name)
    return f"{column.classes} sized".strip() if sized else column.classes


@lru_cache(maxsize=1024)
def _grip(name: str, label: str, width: int, _language: str | None) -> str:
    """The edge of a head, by which a column is made wider, and what keeps it so wide where the
    table does not fit."""
    said = escape(_("Width of %(label)s") % {"label": label})
    strut = max(width - PADDING, 0)
    return (
        f'<svg class="k-strut" width="{strut}" height="1" aria-hidden="true"></svg>'
        f'<span class="k-grip" data-column="{escape(name)}" role="separator" tabindex="0" '
        f'aria-orientation="vertical" aria-valuemin="64" aria-valuemax="1200" '
        f'aria-valuenow="{width or 160}" aria-label="{said}"></span>'
    )


def head(listing: "Listing") -> SafeString:
    orders = iter(listing.orders)
    cells = [
        _head_cell(listing, column, next(orders) if column.sort else None)
        for column in listing.columns
    ]
    if listing.selectable:
        label = escape(_("Select all rows shown"))
        cells.insert(
            0,
            '<th class="k-check" scope="col"><label><input class="form-check-input" '
            f'type="checkbox" data-all aria-label="{label}"></label></th>',
        )
    return mark_safe("".join(cells))  # noqa: S308 (escaped where made)


def _head_cell(listing: "Listing", column: "Column", order: "Ordering | None") -> str:
    label, css = escape(str(column.label)), _classes(listing, column)
    grip = ""
    if listing.sizable:
        width = listing.widths.get(column.name, 0)
        grip = _grip(column.name, str(column.label), width, get_language())
    if column.hidden_label:
        label = SafeString(f'<span class="k-hide">{label}</span>')
    if order is None:
        return f'<th class="{css}" scope="col">{label}{grip}</th>'
    aria = f' aria-sort="{"descending" if order.down else "ascending"}"' if order.here else ""
    link = f'<a href="{escape(order.url)}">{label}{order.mark}</a>'
    return f'<th class="{css}" scope="col"{aria}>{link}{grip}</th>'


def body(listing: "Listing") -> SafeString:
    cells = [
        (column.render, f'<td class="{css}">' if css else "<td>")
        for column in listing.columns
        for css in [_classes(listing, column)]
    ]
    return mark_safe("".join(_rows(listing, cells)))  # noqa: S308 (columns answer escaped HTML)


def _rows(listing: "Listing", cells: list[tuple[Callable[[Any], str], str]]) -> Iterable[str]:
    select = escape(_("Select"))
    for row in listing.rows:
        edit = f' data-edit="{escape(listing.edit_url(row))}"' if listing.edit_url else ""
        yield f'<tr data-href="{escape(listing.row_url(row))}"{edit}>'
        if listing.selectable:
            yield (
                '<td class="k-check"><label><input class="form-check-input" type="checkbox" '
                f'name="id" value="{escape(str(row.id))}" '
                f'aria-label="{select} {escape(listing.row_name(row))}"></label></td>'
            )
        for render, opening in cells:
            yield f"{opening}{render(row)}</td>"
        yield "</tr>"


def sorting(listing: "Listing") -> SafeString:
    """The menu of orders: where rows are blocks there is no head."""
    if not listing.rows or not listing.orders:
        return SafeString("")
    links = "".join(
        f'<a class="dropdown-item" href="{escape(order.url)}"'
        f"{HERE if order.here else ''}>{escape(str(order.label))}{order.mark}</a>"
        for order in listing.orders
    )
    said = escape(_("Sort"))
    return mark_safe(  # noqa: S308 (escaped above)
        f'<details class="k-menu k-orders right"><summary class="btn btn-sm" aria-label="{said}">'
        f"{marks.icon('arrows-sort')}<span>{said}</span></summary>"
        f'<div class="dropdown-menu" {SWAPS}">{links}</div></details>'
    )


def onward(listing: "Listing") -> SafeString:
    """The way to other pages; to the ends of the list only where both are known."""
    if not (listing.previous_url or listing.next_url):
        return SafeString("")
    links = [
        _page_link(listing.previous_url, _("Previous page"), icon="chevron-left", rel="prev"),
        _page_link(listing.next_url, _("Next page"), icon="chevron-right", rel="next"),
    ]
    if listing.first_url or listing.last_url:
        links.insert(
            0, _page_link(listing.first_url, _("First page"), icon="chevrons-left", rel="first")
        )
        links.append(
            _page_link(listing.last_url, _("Last page"), icon="chevrons-right", rel="last")
        )
    return mark_safe(  # noqa: S308 (escaped)
        f'<nav class="btn-row" aria-label="{escape(_("Pages"))}" {SWAPS} show:top">'
        f"{''.join(links)}</nav>"
    )


def _page_link(url: str, label: str, *, icon: str, rel: str) -> str:
    drawn = marks.icon(icon, "k-onward")
    if not url:
        return f'<span class="btn btn-sm btn-only" aria-disabled="true">{drawn}</span>'
    return (
        f'<a class="btn btn-sm btn-only" rel="{rel}" href="{escape(url)}" '
        f'aria-label="{escape(label)}">{drawn}</a>'
    )
