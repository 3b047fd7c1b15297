"""The write door tells the full-text index of its documents in sets; no trigger row by row."""

from django.db import migrations

TABLE = "contacts_contactdocument"
ACTIONS = ("insert", "delete", "update")


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for action in ACTIONS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{action}")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_list_indexes")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
