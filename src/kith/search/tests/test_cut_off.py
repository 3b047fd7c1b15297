"""A query that takes too long ends, and the connection goes on."""

from time import monotonic
from typing import Any

import pytest
from django.db import connection, transaction

from kith.search.limits import TooSlow, cut_off

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    "SELECT max(x) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}  # fmt: skip


def run(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_an_endless_query_is_cut_off(db: None) -> None:
    began = monotonic()
    with pytest.raises(TooSlow), transaction.atomic(), cut_off(0.05):
        run(ENDLESS[connection.vendor])
    assert monotonic() - began < 30
    with cut_off(5):
        assert run("SELECT 7") == 7
    assert run("SELECT 8") == 8
