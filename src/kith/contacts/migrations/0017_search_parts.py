"""PostgreSQL's index of documents knows which part of the places each of them stands in, so that the
first matches in the order of names need not be sought among all."""

from django.db import migrations

TABLE = "contacts_contactdocument"
SHIFT = 53
CREATE = f"CREATE INDEX {TABLE}_trigrams ON {TABLE} USING gin (body gin_trgm_ops{{parts}})"


def forwards(apps, schema_editor):
    _indexed(schema_editor, f", (ARRAY[place >> {SHIFT}])", statistics=1000)


def backwards(apps, schema_editor):
    _indexed(schema_editor, "", statistics=-1)


def _indexed(schema_editor, parts, statistics):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    schema_editor.execute(f"DROP INDEX {TABLE}_trigrams")
    schema_editor.execute(CREATE.format(parts=parts))
    schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN place SET STATISTICS {statistics}")
    schema_editor.execute(f"ANALYZE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0016_search_places")]

    operations = [migrations.RunPython(forwards, backwards)]
