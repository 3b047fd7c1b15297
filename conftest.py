"""The fixtures that the tests beside the code and those in tests/ share."""

import os

import pytest

pytest_plugins = ["tests.people"]


# Set by scripts/test for the second database: what touches none need not be tried twice.
DATABASE_ONLY = "KITH_TEST_DATABASE_ONLY"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get(DATABASE_ONLY):
        return
    pure = [item for item in items if not _uses_database(item)]
    config.hook.pytest_deselected(items=pure)
    items[:] = [item for item in items if _uses_database(item)]


def _uses_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None
