"""The fixtures that the tests beside the code and those in tests/ share."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests import ready_database

pytest_plugins = ["tests.people"]


# Set by scripts/test for the second database: what touches none need not be tried twice, nor what
# is marked `any_database`.
DATABASE_ONLY = "KITH_TEST_DATABASE_ONLY"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get(DATABASE_ONLY):
        return
    pure = [item for item in items if not _uses_database(item)]
    config.hook.pytest_deselected(items=pure)
    items[:] = [item for item in items if _uses_database(item)]


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("any_database"):
        return False
    asked = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001 (is asked for, to come before)
    django_db_modify_db_settings: None,  # noqa: ARG001
    django_db_blocker,
) -> Iterator[None]:
    """The database of this process. SQLite's is copied from one that another has made ready."""
    with django_db_blocker.unblock():
        made = _copied() if connection.vendor == "sqlite" else _made()
    yield
    with django_db_blocker.unblock():
        _alone()
        teardown_databases(made, verbosity=0)


def _alone() -> None:
    """What a thread or a process of a test has left open would keep the database from going."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _made(*, keepdb: bool = False) -> list:
    return setup_databases(verbosity=0, interactive=False, serialized_aliases=(), keepdb=keepdb)


def _copied() -> list:
    name = connection.settings_dict["TEST"]["NAME"]
    with ready_database.alone() as ready:
        if ready.exists():
            ready_database.copy(ready, name)
            return _made(keepdb=True)
        made = _made()
        ready_database.keep(name, ready)
        return made
