"""Two imports at the same time: nothing is made twice, nothing is lost, nobody is locked out."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Channel, Contact, Link
from kith.history.models import Change
from kith.records.reindexing import reindex
from kith.transfer.models import Import, Stage
from kith.transfer.options import ImportOptions
from kith.transfer.services import checking, imports, portions, running, undoing
from kith.transfer.services.stages import no_report

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 60


def reviewed(name: str, own: int) -> Import:
    """Half of the people stand in both sheets, all companies do."""
    people = [f"Person {n}" for n in range(ROWS // 2)]
    people += [f"Person {n}" for n in range(own, own + ROWS // 2)]
    lines = [
        f"{each},{each.replace(' ', '')}@example.com,Firm {n % 7}" for n, each in enumerate(people)
    ]
    importing = imports.import_begin(
        actor=SYSTEM, record_type="contact", filename=name,
        chunks=["\n".join(["Name,Email,Company", *lines]).encode()],
    )  # fmt: skip
    options = ImportOptions(duplicates="create-skip", match=("email",), default_country="IN")
    imports.import_set_options(importing=importing, options=options)
    imports.begin(importing, Stage.CHECKING)
    checking.check(importing=importing, report=no_report)
    assert importing.counts["valid"] == ROWS
    imports.begin(importing, Stage.RUNNING)
    return importing


def both_at_once(act: object, both: list[Import]) -> None:
    barrier, failures = Barrier(2), []

    def do(importing: Import) -> None:
        try:
            barrier.wait()
            act(importing)  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001  # Told by the test, in its own thread.
            failures.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=do, args=[each]) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    for each in both:
        each.refresh_from_db()


def run(importing: Import) -> None:
    running.run(importing=importing, report=no_report)


def undo(importing: Import) -> None:
    imports.begin(importing, Stage.UNDOING)
    undoing.undo_import(importing=importing, actor=SYSTEM, report=no_report)


def test_nothing_is_made_twice_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "PORTION", 6)
    both = [reviewed("one.csv", 1000), reviewed("two.csv", 2000)]
    both_at_once(run, both)
    assert [each.state for each in both] == [Stage.DONE, Stage.DONE]
    made = sum((Counter(each.counts) for each in both), Counter())
    assert (made["created"], made["duplicates"], made["total"]) == (90, 30, 120)
    names = Contact.objects.values_list("kind", "name")
    assert Counter(names).most_common(1)[0][1] == 1
    assert Counter(kind for kind, _name in names) == {"person": 90, "company": 7}
    codes = Contact.objects.values_list("code", flat=True)
    assert len(set(codes)) == len(codes) == 97
    assert Channel.objects.count() == Link.objects.count() == 90
    assert Change.objects.filter(record_type="contact", action="c").count() == 97
    assert reindex(mend=False).mended == 0
    for importing in both:
        undo(importing)
    kept = sum(each.undo_report["kept"] for each in both)
    assert not Contact.objects.filter(kind="person").exists()
    assert Contact.objects.count() <= kept, "Companies that people of the other were linked to."
