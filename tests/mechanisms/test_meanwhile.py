"""Rows that a second thread stores, while the first one makes the next."""

import pytest
from django.db import IntegrityError, connection, transaction

from kith.core import clock, storing
from kith.core.meanwhile import all_done, helped
from kith.core.storing import put_rows
from kith.records.checking import Draft
from tests.gardens.models import Nickname, Plant, PlantKey

from .garden import garden, index, index_made_anew, save

pytestmark = pytest.mark.django_db
HARD = 'Élan "the \\ 1st"\n\u2028 東京 😀'


@pytest.fixture(autouse=True)
def _each_row_is_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MANY", 1)


def test_they_are_what_the_first_would_have_stored() -> None:
    drafts = [
        {"height": "12", "sown_on": "2026-05-01", "secret": HARD, "soil": HARD, "water": 0},
        {"nicknames": [HARD, "null", "12"], "latin": "true", "price_tag": "1.50"},
        {"x_colour": "Réd", "x_sizes": ["S", '{"a": 1}']},
    ]
    save([Draft({"name": HARD, **each}) for each in drafts])
    with helped():
        save([Draft({"name": HARD, **each}) for each in drafts])
    states = [state | {"secret": bool(state["secret"])} for state in garden().values()]
    assert states[:3] == states[3:]
    assert index() == index_made_anew()
    assert len(index()) == 6
    assert PlantKey.objects.count() == 2


def test_one_that_is_refused_takes_the_others_with_it() -> None:
    save([Draft({"name": "Rose"})])
    stored = Plant.objects.get()
    with helped():
        with pytest.raises(IntegrityError), transaction.atomic(), all_done():
            put_rows(
                Nickname._meta.db_table, ["plant_id", "position", "name"], [(stored.pk, 0, "R")]
            )
            put_rows(Plant._meta.db_table, ["id", "name"], [(stored.pk, "Twice")])
        with pytest.raises(ZeroDivisionError), transaction.atomic(), all_done():
            put_rows(
                Nickname._meta.db_table, ["plant_id", "position", "name"], [(stored.pk, 1, "S")]
            )
            raise ZeroDivisionError
        assert not Nickname.objects.exists()
        save([Draft({"name": "Tulip"})])
    assert Plant.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_before_the_commit_is_rolled_back() -> None:
    stored = Plant.objects.create(name="Rose", folded="rose", updated_at=clock.now())
    columns, idle = ["plant_id", "position", "name"], list[str]()
    with helped() as helper:
        with pytest.raises(ZeroDivisionError), transaction.atomic(), all_done():
            put_rows(Nickname._meta.db_table, columns, [(stored.pk, 0, "R")])
            helper.take(lambda: 1 / 0)
        assert not connection.in_atomic_block
        assert not Nickname.objects.exists()
        with transaction.atomic(), all_done():
            put_rows(Nickname._meta.db_table, columns, [(stored.pk, 0, "S")])
            helper.when_idle(lambda: idle.append("while it is stored"))
        assert idle
    assert Nickname.objects.get().name == "S"
