from collections.abc import Iterator

import pytest
from django.db import transaction

from .world import World, build


@pytest.fixture(scope="module")
def firm(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """Built once: reading the sheets of its imports starts a process each."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(firm: World, db: None) -> World:
    """The firm as it was built; `db` takes back what the test does to it."""
    return firm
