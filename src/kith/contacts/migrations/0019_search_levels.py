"""PostgreSQL's index of documents knows larger and smaller parts of the places, so that a span of
them is asked for as a few of its parts, where it was asked for as hundreds."""

from django.db import migrations

TABLE = "contacts_contactdocument"
PARTS = "ARRAY[place >> 53]"
LEVELS = "ARRAY[place >> 53, 2000 + (place >> 56), 3000 + (place >> 59)]"
CREATE = f"CREATE INDEX {TABLE}_trigrams ON {TABLE} USING gin (body gin_trgm_ops, ({{parts}}))"


def forwards(apps, schema_editor):
    _indexed(schema_editor, LEVELS)


def backwards(apps, schema_editor):
    _indexed(schema_editor, PARTS)


def _indexed(schema_editor, parts):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    schema_editor.execute(f"DROP INDEX {TABLE}_trigrams")
    schema_editor.execute(CREATE.format(parts=parts))
    schema_editor.execute(f"ANALYZE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0018_sole_keys")]

    operations = [migrations.RunPython(forwards, backwards)]
