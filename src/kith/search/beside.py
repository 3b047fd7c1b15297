"""PostgreSQL's search documents made anew beside those that are in use: others search and write
meanwhile, and wait only for the moment in which the new ones take the place of the old.

From before the first record is read, triggers note whose documents anybody writes. What the write
door has put into the old table by then is right, so it is copied over what was made of a record
that has changed since: at first while others go on, the last few under the lock of that moment.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep

from django.db import OperationalError, connection, transaction

from kith.search.levels import IN_INDEX

FEW = 500
"""So many are copied while everybody waits."""
PAUSE = 1.0
LOCK_NOT_AVAILABLE = "55P03"
INDEXED = ("pkey", "place_key", "trigrams")
"""So the names of a table's indexes end."""
BEGIN = """
CREATE TABLE "{table}_anew" (LIKE "{table}" INCLUDING STORAGE);
ALTER TABLE "{table}_anew" ALTER body SET STATISTICS 1000, ALTER place SET STATISTICS 1000;
CREATE TABLE "{table}_since" (record_id bigint NOT NULL);
CREATE FUNCTION "{table}_note"() RETURNS trigger LANGUAGE plpgsql AS $note$
BEGIN
    INSERT INTO "{table}_since" SELECT record_id FROM written;
    RETURN NULL;
END $note$
"""
NOTE = """
CREATE TRIGGER "{table}_note_{event}" AFTER {event} ON "{table}"
REFERENCING {which} TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION "{table}_note"()
"""
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}
INDEXES = """
SET LOCAL maintenance_work_mem = '512MB';
ALTER TABLE "{table}_anew" ADD CONSTRAINT "{table}_anew_place_key" UNIQUE (place);
CLUSTER "{table}_anew" USING "{table}_anew_place_key";
ALTER TABLE "{table}_anew" ADD CONSTRAINT "{table}_anew_pkey" PRIMARY KEY (record_id);
CREATE INDEX "{table}_anew_trigrams" ON "{table}_anew"
USING gin (body gin_trgm_ops, ({parts}));
ANALYZE "{table}_anew"
"""
AWAY = """
DROP TRIGGER IF EXISTS "{table}_note_insert" ON "{table}";
DROP TRIGGER IF EXISTS "{table}_note_update" ON "{table}";
DROP TRIGGER IF EXISTS "{table}_note_delete" ON "{table}";
DROP FUNCTION IF EXISTS "{table}_note"();
DROP TABLE IF EXISTS "{table}_since";
DROP TABLE IF EXISTS "{table}_anew"
"""
SWAP = """
DROP TABLE "{table}";
DROP FUNCTION "{table}_note"();
DROP TABLE "{table}_since";
ALTER TABLE "{table}_anew" RENAME TO "{table}"
"""
LOCK = """
SET LOCAL lock_timeout = '500ms';
LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE;
SET LOCAL lock_timeout = 0
"""


@contextmanager
def beside(table: str) -> Iterator[str]:
    """The name of a table to put all documents into. At the end it takes the place of the other,
    with what was written meanwhile; where that is not reached, nothing has happened."""
    with _one_at_a_time(table):
        _forget(table)
        _begin(table)
        try:
            yield f"{table}_anew"
            with transaction.atomic():
                _tell(INDEXES, table, parts=IN_INDEX)
            _take_place(table)
        except BaseException:
            _forget(table)
            raise


def leftovers_forget(table: str) -> None:
    """What a process that was killed has left behind; nothing while one is at work."""
    if not _is_begun(table) or not _asked("SELECT pg_try_advisory_lock(hashtext(%s))", table):
        return
    try:
        _forget(table)
    finally:
        _asked("SELECT pg_advisory_unlock(hashtext(%s))", table)


@contextmanager
def _one_at_a_time(table: str) -> Iterator[None]:
    _asked("SELECT pg_advisory_lock(hashtext(%s))", table)
    try:
        yield
    finally:
        _asked("SELECT pg_advisory_unlock(hashtext(%s))", table)


def _begin(table: str) -> None:
    """From here on it is noted what is written. Who was writing already is waited for."""
    with transaction.atomic():
        _tell(BEGIN, table)
        for event, which in EVENTS.items():
            _tell(NOTE, table, event=event, which=which)


def _is_begun(table: str) -> bool:
    return bool(_asked("SELECT to_regclass(%s)", f'"{table}_since"'))


def _forget(table: str) -> None:
    if _is_begun(table):
        _in_a_moment(table, lambda: _tell(AWAY, table))


def _take_place(table: str) -> None:
    while _bring_along(table) > FEW:
        pass

    def swap() -> None:
        _bring_along(table)
        _tell(SWAP, table)
        for each in INDEXED:
            _tell(f'ALTER INDEX "{{table}}_anew_{each}" RENAME TO "{{table}}_{each}"', table)

    _in_a_moment(table, swap)


def _bring_along(table: str) -> int:
    """The documents that were written since as they stand now; how many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}_since" RETURNING record_id')
        ids = sorted({pk for (pk,) in cursor.fetchall()})
        if ids:
            cursor.execute(f'DELETE FROM "{table}_anew" WHERE record_id = ANY(%s)', [ids])
            cursor.execute(
                f'INSERT INTO "{table}_anew" (record_id, place, body) '
                f'SELECT record_id, place, body FROM "{table}" WHERE record_id = ANY(%s)',
                [ids],
            )
    return len(ids)


def _in_a_moment(table: str, act: Callable[[], None]) -> None:
    """While nobody reads or writes the table. Tried again and again, since whoever comes while we
    wait has to wait behind us."""
    while not _done_at_once(table, act):
        sleep(PAUSE)


def _done_at_once(table: str, act: Callable[[], None]) -> bool:
    try:
        with transaction.atomic():
            _tell(LOCK, table)
            act()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE:
            return False
        raise
    return True


def _tell(statements: str, table: str, **more: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements.format(table=table, **more))


def _asked(question: str, value: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, [value])
        return cursor.fetchone()[0]
