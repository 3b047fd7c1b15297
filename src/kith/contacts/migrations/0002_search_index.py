"""The trigram index over the search documents: FTS5 on SQLite, pg_trgm on PostgreSQL.

On SQLite the index stores no text of its own: it reads the documents, and triggers keep it in
the same transaction as they change. The terms table lists its trigrams, for queries of two
letters.
"""

from django.db import migrations

TABLE = "contacts_contactdocument"

SQLITE = f"""
CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(
    body, content='{TABLE}', content_rowid='record_id', tokenize='trigram'
);
CREATE VIRTUAL TABLE {TABLE}_terms USING fts5vocab('{TABLE}_fts', 'row');
CREATE TRIGGER {TABLE}_insert AFTER INSERT ON {TABLE} BEGIN
    INSERT INTO {TABLE}_fts (rowid, body) VALUES (new.record_id, new.body);
END;
CREATE TRIGGER {TABLE}_delete AFTER DELETE ON {TABLE} BEGIN
    INSERT INTO {TABLE}_fts ({TABLE}_fts, rowid, body)
    VALUES ('delete', old.record_id, old.body);
END;
CREATE TRIGGER {TABLE}_update AFTER UPDATE ON {TABLE} BEGIN
    INSERT INTO {TABLE}_fts ({TABLE}_fts, rowid, body)
    VALUES ('delete', old.record_id, old.body);
    INSERT INTO {TABLE}_fts (rowid, body) VALUES (new.record_id, new.body);
END;
"""
SQLITE_BACK = f"""
DROP TRIGGER {TABLE}_update;
DROP TRIGGER {TABLE}_delete;
DROP TRIGGER {TABLE}_insert;
DROP TABLE {TABLE}_terms;
DROP TABLE {TABLE}_fts;
"""
# Names are sorted by their folded form, byte by byte, so that both databases agree.
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX {TABLE}_trigrams ON {TABLE} USING gin (body gin_trgm_ops)",
    'ALTER TABLE contacts_contact ALTER COLUMN sort_name TYPE varchar(400) COLLATE "C"',
)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
    else:
        _run_script(schema_editor, SQLITE)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {TABLE}_trigrams")
    else:
        _run_script(schema_editor, SQLITE_BACK)


def _run_script(schema_editor, script):
    """Statement by statement: executescript would end the migration's transaction."""
    for statement in _statements(script):
        schema_editor.execute(statement)


def _statements(script):
    statement = ""
    for line in script.strip().splitlines():
        statement += line + "\n"
        inside_trigger = "BEGIN" in statement and not line.startswith("END;")
        if line.endswith(";") and not inside_trigger:
            yield statement
            statement = ""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
