"""What a card has by the dozen: facts, linked contacts, things that happened. Plain functions, like
the marks: drawn as templates they took longer than all the questions of the card."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.web import marks


def fact(name: str, label: Any, value: Any, edit_url: str = "") -> SafeString:
    """One fact, editable where it stands; `value` is safe HTML, or text."""
    shown = _html(value)
    none = "" if shown else ' class="none"'
    said = str(label)
    return mark_safe(  # noqa: S308 (escaped)
        f'<div class="k-fact" id="fact-{name}"><dt>{escape(said)}</dt><dd dir="auto"{none}>{shown}'
        f"{_pencil(name, said, edit_url, bool(shown)) if edit_url else ''}</dd></div>"
    )


def _pencil(name: str, label: str, url: str, filled: bool) -> str:  # noqa: FBT001
    said = _change(label, get_language())
    return (
        f'<a class="edit" href="{url}" hx-get="{url}" hx-target="#fact-{name}" '
        f'hx-swap="outerHTML" data-edit-fact aria-label="{said}">'
        f"{marks.icon('pencil' if filled else 'plus')}</a>"
    )


@lru_cache(maxsize=4096)
def _change(label: str, _language: str | None) -> str:
    return escape(_("Change %(label)s") % {"label": label})


def mate(item: Mapping[str, Any]) -> SafeString:
    """A linked contact: {name, kind, id, url, detail, picture_url, ended,
    menu [{label, url, icon}]}."""
    name, detail = str(item["name"]), item.get("detail")
    face = marks.avatar(
        name,
        key=item["id"],
        company=item["kind"] == "company",
        picture=item.get("picture_url") or "",
    )
    ended = " ended" if item.get("ended") else ""
    small = f'<small dir="auto">{escape(str(detail))}</small>' if detail else ""
    return mark_safe(  # noqa: S308 (escaped)
        f'<li class="k-mate{ended}">{face}<div><a class="k-cut" '
        f'href="{escape(item["url"])}" dir="auto">{escape(name)}</a>'
        f"{small}</div>{_menu(item.get('menu'), name)}</li>"
    )


def _menu(entries: Any, name: str) -> str:
    if not entries:
        return ""
    drawn = "".join(
        f'<a class="dropdown-item" href="{escape(each["url"])}" data-dialog>'
        f"{marks.icon(each['icon'])}{escape(str(each['label']))}</a>"
        for each in entries
    )
    said = escape(_("More about %(name)s") % {"name": name})
    return (
        '<details class="k-menu right"><summary class="btn btn-quiet btn-only btn-sm" '
        f'aria-label="{said}">{marks.icon("dots")}</summary>'
        f'<div class="dropdown-menu">{drawn}</div></details>'
    )


def event(happened: Any, csrf_token: str = "") -> SafeString:
    """One thing that happened: {icon, who, text, at (datetime), detail, danger, body,
    changes [{label, old, new}], undo_url, link {label, url}}, an object or a mapping."""
    part = _parts(happened)
    lines = (
        _line(part("danger"), "k-danger k-small"),
        _line(part("detail"), "k-muted k-small"),
        _changes(part("changes")),
        _line(part("body"), "body", ' dir="auto"'),
        _link(part("link")),
        _undo(part("undo_url"), csrf_token),
    )
    return mark_safe(  # noqa: S308 (escaped)
        f'<li class="k-event"><span class="dot">{marks.icon(part("icon"))}</span><div>'
        f'<div class="says"><span><b>{_html(part("who"))}</b> {_html(part("text"))}</span>'
        f"{marks.when(part('at'))}</div>{''.join(lines)}</div></li>"
    )


def _parts(thing: Any) -> Callable[[str], Any]:
    return thing.get if isinstance(thing, Mapping) else lambda name: getattr(thing, name, None)


def _line(text: Any, css: str, more: str = "") -> str:
    return f'<div class="{css}"{more}>{_html(text)}</div>' if text else ""


def _changes(changes: Any) -> str:
    drawn = "".join(f"<li>{_change_line(each)}</li>" for each in changes or ())
    return f'<ul class="k-changes">{drawn}</ul>' if drawn else ""


def _change_line(change: Any) -> str:
    part = _parts(change)
    old, new = part("old"), part("new")
    was = f'<del class="k-old" dir="auto">{_html(old)}</del> ' if old else ""
    became = f'<ins class="k-new" dir="auto">{_html(new)}</ins>' if new else ""
    return f"{_html(part('label'))} {was}{became}"


def _link(link: Mapping[str, Any] | None) -> str:
    if not link:
        return ""
    return f'<a class="k-link" href="{escape(link["url"])}">{_html(link["label"])}</a>'


def _undo(url: str | None, csrf_token: str) -> str:
    if not url:
        return ""
    return (
        f'<form method="post" action="{escape(url)}"><input type="hidden" '
        f'name="csrfmiddlewaretoken" value="{escape(csrf_token)}">'
        f'<button class="k-link">{escape(_("Undo"))}</button></form>'
    )


def _html(text: Any) -> str:
    """Safe HTML as it is, anything else escaped."""
    if isinstance(text, Promise):
        text = str(text)
    return str(text) if hasattr(text, "__html__") else escape(str(text or ""))
