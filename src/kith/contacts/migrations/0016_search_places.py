"""Search documents get a place in the order of names, and on SQLite the full-text index is
numbered by it. PostgreSQL stores them in that order."""

from itertools import accumulate

from django.db import migrations, models

TABLE = "contacts_contactdocument"
STEP = 20_000

# As the places are worked out today.
ID_BITS, NAME_BITS, FIRST, LAST = 28, 35, 0x20, 0x7F
COMMON = {
    "a": 120, "b": 17, "c": 24, "d": 28, "e": 75, "f": 11, "g": 22, "h": 45, "i": 66, "j": 15,
    "k": 22, "l": 42, "m": 32, "n": 64, "o": 46, "p": 20, "q": 3, "r": 62, "s": 50, "t": 40,
    "u": 28, "v": 16, "w": 9, "x": 4, "y": 19, "z": 8, " ": 90, **dict.fromkeys("0123456789", 4),
}  # fmt: skip
SHARES = [10, *(COMMON.get(chr(code), 1) for code in range(FIRST, LAST + 1))]
BEFORE = [0, *accumulate(SHARES)]


def place_of(name, pk):
    low, room = 0, 1 << NAME_BITS
    for character in name:
        symbol = min(max(ord(character), FIRST), LAST) - FIRST + 1
        begin, end = BEFORE[symbol], BEFORE[symbol + 1]
        first = room * begin // BEFORE[-1]
        low, room = low + first, room * end // BEFORE[-1] - first
        if room < 1 or symbol == LAST - FIRST + 1:
            break
    return low << ID_BITS | pk


def forwards(apps, schema_editor):
    _places(schema_editor)
    for statement in (SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL):
        schema_editor.execute(statement)


def _places(schema_editor):
    """A table that says the place of each document."""
    schema_editor.execute(f"CREATE TABLE {TABLE}_at (record_id bigint PRIMARY KEY, place bigint)")
    last = -1
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT record_id, sort_name FROM {TABLE} JOIN contacts_contact ON id = record_id "
                "WHERE record_id > %s ORDER BY record_id LIMIT %s",
                [last, STEP],
            )
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            cells = ", ".join(f"({pk}, {place_of(name, pk)})" for pk, name in rows)
            cursor.execute(f"INSERT INTO {TABLE}_at VALUES {cells}")


SQLITE = (
    f"DROP TABLE {TABLE}_terms",
    f"DROP TABLE {TABLE}_fts",
    f"CREATE TABLE {TABLE}_new (record_id integer NOT NULL PRIMARY KEY, "
    "place bigint NOT NULL UNIQUE, body text NOT NULL)",
    f"INSERT INTO {TABLE}_new (record_id, place, body) SELECT record_id, place, body "
    f"FROM {TABLE} JOIN {TABLE}_at USING (record_id) ORDER BY record_id",
    f"DROP TABLE {TABLE}",
    f"DROP TABLE {TABLE}_at",
    f"ALTER TABLE {TABLE}_new RENAME TO {TABLE}",
    f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5("
    f"body, content='{TABLE}', content_rowid='place', tokenize='trigram')",
    f"INSERT INTO {TABLE}_fts ({TABLE}_fts) VALUES ('rebuild')",
)
POSTGRESQL = (
    f"CREATE TABLE {TABLE}_new AS SELECT record_id, place, body "
    f"FROM {TABLE} JOIN {TABLE}_at USING (record_id) ORDER BY place",
    f"DROP TABLE {TABLE}",
    f"DROP TABLE {TABLE}_at",
    f"ALTER TABLE {TABLE}_new RENAME TO {TABLE}",
    f"ALTER TABLE {TABLE} ADD PRIMARY KEY (record_id)",
    *(f"ALTER TABLE {TABLE} ALTER COLUMN {name} SET NOT NULL" for name in ("place", "body")),
    f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_place_key UNIQUE (place)",
    f"CREATE INDEX {TABLE}_trigrams ON {TABLE} USING gin (body gin_trgm_ops)",
    f"ALTER TABLE {TABLE} ALTER COLUMN body SET STATISTICS 1000",
    f"ANALYZE {TABLE}",
)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0015_search_statistics")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(forwards, elidable=False)],
            [
                migrations.AddField(
                    "contactdocument",
                    "place",
                    models.BigIntegerField(unique=True),
                    preserve_default=False,
                )
            ],
        )
    ]
