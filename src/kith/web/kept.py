"""Parts of a page that are drawn once and remembered by all that they show.

    {% kept "web/shell/rail.html" shell=shell.frame %}

is an include. Its variables are values that don't change: numbers, plain texts, and frozen
dataclasses and tuples of these. The same values draw the same text, so that nothing remembered is
ever out of date. Two more are another on every page, `csrf_token` and `path`, the page's address:
what is remembered has a mark in their places.
"""

from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

TOKEN, PATH = "\0token\0", "\0path\0"


def kept(template: str, *, csrf_token: str, path: str, **values: Any) -> SafeString:
    text = _drawn(template, get_language(), tuple(values.items()))
    return mark_safe(text.replace(TOKEN, csrf_token).replace(PATH, escape(path)))  # noqa: S308


@lru_cache(maxsize=1024)
def _drawn(template: str, _language: str | None, values: tuple[tuple[str, Any], ...]) -> str:
    return render_to_string(template, {**dict(values), "csrf_token": TOKEN, "path": PATH})
