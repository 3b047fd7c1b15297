"""All tables as lists of rows, to be compared: without moments, and without what only counts."""

import json
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models

from kith.config import defaults

LEFT_OUT = {
    "jobs_job",
    "django_tasks_database_dbtaskresult",
    "django_session",
    "accounts_securityevent",
    "auth_permission",
    "django_content_type",
}
HISTORY = {"transfer_import", "transfer_importrow", "history_changeset", "history_change"}
"""What tells that something was imported, and taken back."""
MOMENTS = (models.DateTimeField,)
TIMED_VALUES = ("created_at", "updated_at")
SEALED = re.compile(r'\\*"sealed\\*": ?\\*"[^"]*"')
"""The same value is sealed differently each time; what it is shows in its digest."""


def dump(label: str, *, history: bool) -> None:
    """Each table as a file of sorted lines, one for each row."""
    folder = Path(defaults.DATA_DIR) / "dumps" / label
    folder.mkdir(parents=True)
    pointed_to = {
        each.related_model for model in apps.get_models() for each in model._meta.concrete_fields
    }
    for model in apps.get_models():
        table = model._meta.db_table
        if table not in LEFT_OUT and (history or table not in HISTORY):
            lines = _lines(model, with_key=model in pointed_to, history=history)
            (folder / table).write_text("".join(sorted(lines)), encoding="utf-8")


def _lines(model: type[models.Model], *, with_key: bool, history: bool) -> Iterator[str]:
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not isinstance(field, MOMENTS)
        and (with_key or not field.primary_key or field.is_relation)
        and field.name not in ("job", "undone_down_to")
        and (history or field.name != "version")  # One that was given is never given again.
    ]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}"')
        while rows := cursor.fetchmany(1000):
            for row in rows:
                yield json.dumps([_plain(value) for value in row], default=str) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | float | None):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, dict | list):  # As PostgreSQL's driver gives JSON.
        value = json.dumps(value)
    text = value.hex() if isinstance(value, bytes | memoryview) else str(value)
    return _without_moments(SEALED.sub('"sealed": ""', text)) if text[:1] in "[{" else text


def _without_moments(text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, dict):
        value = {name: each for name, each in value.items() if name not in TIMED_VALUES}
    return json.dumps(value, sort_keys=True)


def next_ids_follow(*, only: Iterable[str] = ()) -> None:
    """PostgreSQL leaves gaps where a transaction was cut off: without them the ids of a killed
    run are those of an undisturbed one, and rows can be compared as they are."""
    if connection.vendor != "postgresql":
        return
    wanted = set(only) or {model._meta.db_table for model in apps.get_models()}
    for model in [each for each in apps.get_models() if each._meta.db_table in wanted]:
        column = model._meta.pk.column
        with connection.cursor() as cursor:
            table = f'"{model._meta.db_table}"'
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
            if (sequence := cursor.fetchone()[0]) is not None:
                cursor.execute(
                    f'SELECT setval(%s, COALESCE(max("{column}"), 0) + 1, false) FROM {table}',
                    [sequence],
                )


def wait_for_the_dead() -> None:
    """PostgreSQL goes on for a moment with what a killed worker had asked for."""
    if connection.vendor != "postgresql":
        return
    theirs = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'killed'"
    )
    while _one(theirs):
        time.sleep(0.01)


def _one(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])
