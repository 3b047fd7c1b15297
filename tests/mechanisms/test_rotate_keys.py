"""`kith rotate-keys`: every stored sensitive value under a new key, whatever interrupts it."""

import stat
from pathlib import Path
from typing import Any

import pytest

from kith.accounts.actors import SYSTEM
from kith.cli.main import main
from kith.config.health import sealing_keys
from kith.core.errors import Refused
from kith.core.kinds import Context
from kith.core.sealing import ring
from kith.history.models import Action, Change, ChangeSet, Door
from kith.records import resealing
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.records.undo import undo
from tests.gardens.models import Plant
from tests.gardens.record import PLANT

from .garden import garden, plant, save

pytestmark = pytest.mark.django_db
SECRET: Any = PLANT.field("secret").kind


@pytest.fixture
def key_file(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "sealing-keys"
    path.write_text(ring().keys[0] + "\n")
    path.chmod(0o600)
    settings.SEALING_KEY_FILE = path
    return path


def tokens() -> list[str]:
    """Every token that rows and history hold."""
    found = [each["sealed"] for state in garden().values() if (each := state["secret"])]
    for values in Change.objects.values_list("values", flat=True):
        held = values.get("secret")
        found += [each["sealed"] for each in (held if isinstance(held, list) else [held]) if each]
    return found


def secrets() -> dict[int, str]:
    return {pk: SECRET.reveal(state["secret"], Context()) for pk, state in garden().items()}


def test_all_values_come_under_the_new_key_and_undo_still_works(
    key_file: Path, capsys: Any
) -> None:
    ids = [plant(secret=f"place {n} of the gold") for n in range(3)]
    plant(name="sealed")
    change = save([Draft({"secret": "moved to the shed"}, id=ids[0])])
    plain, versions = secrets(), list(Plant.objects.order_by("pk").values_list("version"))
    digest = Plant.objects.values_list("secret_digest", flat=True).get(pk=ids[1])
    assert main(["rotate-keys"]) == 0
    assert "7 rows hold sensitive values; 7 were sealed anew." in capsys.readouterr().out
    assert len(key_file.read_text().split()) == 2
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert all(map(ring().is_newest, tokens()))
    assert secrets() == plain
    assert list(Plant.objects.order_by("pk").values_list("version")) == versions
    assert Plant.objects.values_list("secret_digest", flat=True).get(pk=ids[1]) != digest
    assert not undo(actor=SYSTEM, original=change).kept
    assert secrets()[ids[0]] == "place 0 of the gold"
    assert main(["rotate-keys", "--drop-old"]) == 0
    assert len(key_file.read_text().split()) == 1
    assert secrets()[ids[2]] == plain[ids[2]]
    assert sealing_keys().state == "ok"
    assert "place" not in str(list(Change.objects.values_list("values", flat=True)))


def test_one_that_was_stopped_goes_on_with_the_same_key(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        plant(secret=f"under tree {n} of many")
    monkeypatch.setattr(resealing, "STEP", 2)
    write, calls = resealing.update_rows, []

    def stop_at_the_third(model: Any, columns: Any, rows: Any, **more: Any) -> None:
        """The first look finds nothing to do and writes nothing."""
        if rows and len(calls) == 2:
            raise KeyboardInterrupt
        calls.extend([1] * bool(rows))
        write(model, columns, rows, **more)

    monkeypatch.setattr(resealing, "update_rows", stop_at_the_third)
    assert main(["rotate-keys"]) == 130
    keys = key_file.read_text()
    assert {ring().is_newest(token) for token in tokens()} == {True, False}
    monkeypatch.setattr(resealing, "update_rows", write)
    assert main(["rotate-keys"]) == 0
    assert key_file.read_text() == keys
    assert all(map(ring().is_newest, tokens()))


def test_a_lost_key_is_told(key_file: Path, capsys: Any) -> None:
    plant(secret="nobody will find it")
    key_file.write_text("A" * 43 + "=\n")
    assert sealing_keys().state == "wrong"
    assert main(["rotate-keys"]) == 1
    assert "can't be opened" in capsys.readouterr().err
    key_file.chmod(0o644)
    assert "chmod" in sealing_keys().mend


def test_who_was_shown_a_value_stands_in_history_and_stays_there(key_file: Path) -> None:

    pk = plant(secret="behind the second stone")
    with change_set(actor=SYSTEM, door=Door.COMMAND) as changes:
        changes.note_revealed(PLANT, {pk: ["secret"]})
    change = Change.objects.get(change_set=changes.record)
    assert (change.action, change.values) == (Action.REVEAL, {"secret": None})
    with pytest.raises(Refused):
        undo(actor=SYSTEM, original=ChangeSet.objects.get(pk=changes.record.pk))
