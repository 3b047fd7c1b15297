from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from kith.core.record_types import registry
from tests.gardens.models import PlantDocument
from tests.gardens.record import PLANT


@pytest.fixture(scope="session")
def full_text_table(django_db_setup: None, django_db_blocker: Any) -> None:
    """What a slice's migration makes for its documents on SQLite."""
    table = PlantDocument._meta.db_table
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5("
                f"body, content='{table}', content_rowid='place', tokenize='trigram')"
            )


@pytest.fixture(autouse=True)
def plant_type(full_text_table: None) -> Iterator[None]:
    registry.add(PLANT)
    yield
    registry.remove(PLANT.name)
