"""Form parts: Django's bound fields in the kit's dress, and inputs that repeat."""

from typing import Any

from django.forms import BoundField, widgets
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

TICKS = (widgets.CheckboxInput,)
GROUPS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)
SPARE_ROWS = 1


class LongSelect(widgets.Select):
    """A dropdown of hundreds of options, typeable, without groups. Django draws a template for each
    option, which made these pages take five times as long as others."""

    def __init__(self) -> None:
        super().__init__({"data-choice": ""})

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002 (Django gives it)
    ) -> SafeString:
        chosen = set(self.format_value(value))
        selected = mark_safe(" selected")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, selected if str(key) in chosen else "", label) for key, label in self.choices),
        )
        found = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", found, options)


def is_group(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, GROUPS)


def dress(bound: BoundField) -> BoundField:
    """Gives the widget the kit's class; a widget that names its own class keeps it too."""
    widget = bound.field.widget
    css = _css(widget)
    if css not in widget.attrs.get("class", ""):
        widget.attrs["class"] = f"{css} {widget.attrs.get('class', '')}".strip()
    return bound


def _css(widget: widgets.Widget) -> str:
    if isinstance(widget, (*TICKS, *GROUPS)):
        return "form-check-input"
    if isinstance(widget, widgets.Select):
        return "form-select"
    return "form-control"


def read_channels(data: QueryDict, name: str) -> list[dict[str, str]]:
    """The repeatable rows of web/form/channels.html as typed, the primary one first."""
    rows = [
        {
            "text": data.get(f"{name}-{index}-text", "").strip(),
            "label": data.get(f"{name}-{index}-label", ""),
            "primary": "1" if data.get(f"{name}-primary") == str(index) else "",
        }
        for index in _indexes(data, name)
    ]
    filled = [row for row in rows if row["text"]]
    filled.sort(key=lambda row: not row["primary"])
    return [{"text": row["text"], "label": row["label"]} for row in filled]


def _indexes(data: QueryDict, name: str) -> list[int]:
    prefix, suffix = f"{name}-", "-text"
    numbers = [
        k[len(prefix) : -len(suffix)] for k in data if k.startswith(prefix) and k.endswith(suffix)
    ]
    return sorted(int(n) for n in numbers if n.isdecimal() and len(n) < 4)


def channel_rows(
    values: list[dict[str, Any]], *, errors: dict[int, str] | None = None, spare: int = SPARE_ROWS
) -> list[dict[str, Any]]:
    """Rows for web/form/channels.html: what there is, then blank ones for who has no JavaScript."""
    rows = [*values, *({"text": "", "label": ""} for _ in range(spare if values else 1))]
    found = errors or {}
    return [
        {
            "index": index,
            "text": row.get("text") or row.get("value") or "",
            "label": row.get("label", ""),
            "error": found.get(index, ""),
            "primary": index == 0,
        }
        for index, row in enumerate(rows)
    ]
