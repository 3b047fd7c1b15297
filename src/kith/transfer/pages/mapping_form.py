"""The mapping as a form: each field of Kith with the columns that feed it, and three samples."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kith.core.fields import Field
from kith.core.record_types import RecordType
from kith.transfer.mapping import (
    by_field,
    fed_by,
    group_title,
    grouped,
    importable,
    recognised,
)
from kith.transfer.models import Import
from kith.transfer.queries import samples_of, type_of

SHOWN = 3


def posted_mapping(importing: Import, posted: QueryDict) -> dict[str, str]:
    """By column. `field-<name>` holds the places of the columns that feed a field, `map-<place>`
    the field for a column; who posts no fields leaves the other columns as they are."""
    feeds: list[list[str]] = [[] for _heading in importing.headings]
    if "mapped" in posted:
        places = {str(place) for place in range(len(feeds))}
        for field in _fields(importing):
            for place in posted.getlist(f"field-{field.name}"):
                if place in places:
                    feeds[int(place)].append(field.name)
    else:
        feeds = [fed_by(importing.mapping.get(each, "")) for each in importing.headings]
    for at, names in enumerate(feeds):
        wish = posted.get(f"map-{at}")
        if wish is not None and ("mapped" not in posted or not names):
            feeds[at] = [str(wish)] if wish else []
    return {
        heading: ",".join(dict.fromkeys(feeds[place]))
        for place, heading in enumerate(importing.headings)
    }


def mapping_form(importing: Import) -> dict[str, Any]:
    record_type = type_of(importing)
    places = {heading: place for place, heading in enumerate(importing.headings)}
    fed = {
        name: sorted(places[each] for each in headings if each in places)
        for name, headings in by_field(importing.mapping).items()
    }
    samples = list(samples_of(importing, SHOWN).values())
    taken = {place for feeding in fed.values() for place in feeding}
    return {
        "sections": list(_sections(importing, record_type, fed, samples)),
        "columns": [
            {"place": place, "heading": heading, "samples": samples[place]}
            for place, heading in enumerate(importing.headings)
        ],
        "left": [
            {"index": place, "heading": heading, "samples": samples[place]}
            for place, heading in enumerate(importing.headings)
            if place not in taken
        ],
        "groups": _groups(importing),
    }


def _sections(
    importing: Import,
    record_type: RecordType,
    fed: dict[str, list[int]],
    samples: Sequence[list[str]],
) -> Iterator[dict[str, Any]]:
    """Sections with anything in them stand open, the others folded; in an open one, what no
    column feeds is folded too: of a hundred fields a sheet has a dozen."""
    options = _options(importing.headings)
    sure = recognised(record_type, importing.headings)
    for label, fields in _by_section(importing):
        used = sum(1 for field in fields if fed.get(field.name))
        lines = [line for each in fields for line in _lines(importing, each, fed, samples, options)]
        for line in lines:
            if line["place"] is not None:
                line["sure"] = sure.get(importing.headings[line["place"]]) == line["name"]
        yield {
            "label": label,
            "used": used,
            "count": len(fields),
            "lines": [line for line in lines if not (used and _is_spare(line))],
            "spare": [line for line in lines if used and _is_spare(line)],
        }


def _is_spare(line: dict[str, Any]) -> bool:
    return line["place"] is None and not line["needed"]


def _lines(
    importing: Import,
    field: Field,
    fed: dict[str, list[int]],
    samples: Sequence[list[str]],
    options: SafeString,
) -> Iterator[dict[str, Any]]:
    """One for each column that feeds the field, and one to be chosen: a list takes several."""
    places = fed.get(field.name, [])
    needed = field.required or field.name in type_of(importing).needed
    for at, place in enumerate([*places, *([None] if field.kind.many or not places else [])]):
        yield {
            "name": field.name,
            "label": str(field.label),
            "needed": needed and at == 0,
            "place": place,
            "options": _chosen(options, place),
            "samples": samples[place] if place is not None else [],
            "more": at > 0,
        }


def _options(headings: Sequence[str]) -> SafeString:
    """Made once for all the fields: a hundred of them by sixty columns are many."""
    return mark_safe(  # noqa: S308  # Made of escaped pieces.
        "".join(
            format_html('<option value="{}">{}</option>', place, heading)
            for place, heading in enumerate(headings)
        )
    )


def _chosen(options: SafeString, place: int | None) -> SafeString:
    if place is None:
        return options
    mark = f'<option value="{place}"'
    return mark_safe(options.replace(mark, f"{mark} selected", 1))  # noqa: S308


def _fields(importing: Import) -> list[Field]:
    record_type = type_of(importing)
    return [*importable(record_type), *grouped(record_type, importing.mapping.values())]


def _by_section(importing: Import) -> list[tuple[str, list[Field]]]:
    """Each numbered group stands by itself, so that those which a sheet lacks are folded."""
    record_type = type_of(importing)
    sections = dict(record_type.sections)
    groups: dict[str, list[Field]] = {}
    for field in _fields(importing):
        label = group_title(record_type, field) or sections.get(field.section, _("Links"))
        groups.setdefault(str(label), []).append(field)
    return list(groups.items())


def _groups(importing: Import) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (label, [(field.name, str(field.label)) for field in fields])
        for label, fields in _by_section(importing)
    ]
