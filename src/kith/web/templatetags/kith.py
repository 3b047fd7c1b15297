"""`{% load kith %}`: the marks, the shell's state and the form row, for templates."""

from functools import partial
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kith.core.habits import count_text
from kith.web import card_parts, forms, kept, marks, settings_area, shell
from kith.web import once as posting

EMPTY = SafeString("")
register = template.Library()
register.simple_tag(marks.icon)
register.simple_tag(marks.stars)
register.simple_tag(marks.temperature)
register.simple_tag(marks.tag)
register.simple_tag(marks.tags)
register.simple_tag(marks.tag_row)
register.simple_tag(marks.when)
register.filter(marks.exactly)
register.simple_tag(card_parts.fact)
register.simple_tag(card_parts.mate)
register.simple_tag(card_parts.event)


@register.simple_tag
def avatar(thing: Any, css: str = "") -> SafeString:
    """`thing` (object or dict) has name; and kind, id and picture_url when it has them."""
    part = thing.get if isinstance(thing, dict) else partial(getattr, thing)
    return marks.avatar(
        str(part("name", thing)),
        key=part("id", ""),
        company=part("kind", "person") == "company",
        css=css,
        picture=part("picture_url", "") or "",
    )


@register.simple_tag(takes_context=True)
def shell_state(context: RequestContext) -> shell.State:
    return shell.state(context.get("request"))


@register.simple_tag(takes_context=True, name="kept")
def keep(context: RequestContext, template_name: str, **values: Any) -> SafeString:
    """See `kith.web.kept`."""
    token, path = (str(context.get(name) or "") for name in ("csrf_token", "path"))
    return kept.kept(template_name, csrf_token=token, path=path, **values)


@register.inclusion_tag("web/settings/nav.html", takes_context=True)
def settings_nav(context: RequestContext) -> dict[str, Any]:
    """The side navigation of the settings, with the place of this page marked."""
    request = context["request"]
    pages = settings_area.area.of(request.user)
    listed = [page for page in pages if page.listed]
    return {
        "sections": settings_area.sections(listed),
        "here": settings_area.here(pages, request.path),
        "index": reverse("setup:settings"),
    }


@register.simple_tag
def once() -> SafeString:
    """In a form that makes something: see `kith.web.once`."""
    return format_html(
        '<input type="hidden" name="{}" value="{}" autocomplete="off">',
        posting.FIELD,
        posting.token(),
    )


@register.inclusion_tag("web/form/field.html")
def field(bound: BoundField, css: str = "") -> dict[str, Any]:
    """One row of a form: label, control, help, error."""
    return {"field": forms.dress(bound), "css": css, "group": forms.is_group(bound)}


@register.simple_tag
def count_of(counts: dict[str, str], value: str) -> SafeString:
    """How many there are of one value of a filter."""
    return (
        format_html('<span class="k-count">{}</span>', counts[value]) if value in counts else EMPTY
    )


@register.filter
def grouped(count: int) -> str:
    """12,481, as the firm groups digits."""
    return count_text(count)


@register.filter
def active(jobs: list[Any]) -> list[Any]:
    return [job for job in jobs if job.is_active]


@register.filter
def ended(jobs: list[Any]) -> list[Any]:
    return [job for job in jobs if not job.is_active]


@register.filter
def unseen(jobs: list[Any]) -> int:
    """Of how many that ended their user has not taken note."""
    return sum(job.is_new for job in jobs)


@register.simple_tag
def percent(done: int | None, total: int | None) -> int:
    return min(100, 100 * (done or 0) // total) if total else 0
