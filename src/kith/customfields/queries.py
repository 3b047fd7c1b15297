"""Reads the definitions, and how much the fields are used."""

from collections.abc import Mapping
from typing import Any

from kith.core.errors import NotFound
from kith.core.fields import Field
from kith.core.prepared import known_cursor
from kith.core.record_types import RecordType, registry
from kith.customfields.models import Definition, Section

VERSION = """
SELECT count(*), sum(version), max(updated_at) FROM customfields_definition
UNION ALL SELECT count(*), sum(version), max(updated_at) FROM customfields_section
"""


def version() -> Any:
    """Another one after every change. One query over a few hundred rows at most."""
    with known_cursor() as cursor:
        cursor.execute(VERSION)
        return cursor.fetchall()


def definitions(record_type: str) -> Mapping[str, Definition]:
    rows = Definition.objects.filter(record_type=record_type).order_by("position", "pk")
    return {each.name: each for each in rows}


def sections(record_type: str) -> Mapping[str, Section]:
    rows = Section.objects.filter(record_type=record_type).order_by("position", "pk")
    return {each.name: each for each in rows}


def type_shaped(name: str) -> RecordType:
    """A record type that administrators may add fields to. Raises NotFound."""
    found = next((each for each in registry if each.name == name and each.custom), None)
    if found is None:
        raise NotFound
    return found


def field_shaped(record_type: RecordType, name: str) -> Field:
    """A field that the settings speak of. Raises NotFound."""
    field = record_type.by_name.get(name)
    if field is None or (field.system and not field.hidden):
        raise NotFound
    return field


def usage(record_type: RecordType, name: str) -> int:
    """How many records hold something in a field of one's own, those in the trash too."""
    assert record_type.custom is not None
    rows = record_type.model._base_manager.filter(**{f"{record_type.custom.column}__has_key": name})
    return rows.count()
