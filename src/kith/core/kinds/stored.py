"""Values that services set, not people: they are stored as they are."""

import datetime as dt
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from kith.core.errors import Refused
from kith.core.kinds.kind import Context, Kind


class Stored(Kind):
    """A value that needs no cleaning: a yes or no, a position, the id of another record."""

    widget = "none"

    def clean(self, raw: Any, context: Context) -> Any:
        return raw

    def to_db(self, value: Any) -> Any:
        return value

    def from_db(self, stored: Any) -> Any:
        return stored


class Flag(Stored):
    """True or nothing: the usual case takes no place in history."""

    def to_db(self, value: Any) -> Any:
        return bool(value)

    def from_db(self, stored: Any) -> Any:
        return stored or None


class Rows(Stored):
    """A list of dicts that services keep in a table of their own."""

    many = True


class Json(Stored):
    """A small dict or list in a JSON column."""

    def to_db(self, value: Any) -> Any:
        return orjson.dumps(value if value is not None else {}).decode()


class JsonList(Json):
    """A list in a JSON column; an empty one is None, as everywhere."""

    def to_db(self, value: Any) -> Any:
        return super().to_db(value or [])

    def from_db(self, stored: Any) -> Any:
        return stored or None


class Picture(Stored):
    """The name of a picture that `files.pictures` keeps: the hash of its content."""

    widget = "picture"

    def clean(self, raw: Any, context: Context) -> Any:
        """A photo that can't be taken costs nobody their row, and no address is followed."""
        if not context.from_sheet or not raw:
            return raw or None
        if context.pictures is None or not str(raw).startswith("photo:"):
            message = _("Pictures that are kept elsewhere are not fetched.")
            context.warn("picture-elsewhere", message, str(raw)[:100])
            return None
        try:
            return context.pictures(raw)
        except Refused as refused:
            context.warn("picture-refused", str(refused))
            return None

    def show(self, value: Any, context: Context) -> str:
        return _("a picture") if value else ""


class Moment(Stored):
    """A point in time; ISO text with its offset in wire form."""

    widget = "moment"

    def to_db(self, value: Any) -> Any:
        return None if value is None else _database_moment(value)

    def from_db(self, stored: Any) -> Any:
        return stored.astimezone(dt.UTC).isoformat() if stored else None


@lru_cache(maxsize=256)
def _database_moment(iso: str) -> Any:
    """Remembered, because all records of a set were made in the same moment; there is
    but one database."""
    return connection.ops.adapt_datetimefield_value(dt.datetime.fromisoformat(iso))
