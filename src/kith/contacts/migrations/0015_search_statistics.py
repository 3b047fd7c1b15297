"""PostgreSQL keeps a larger sample of the search documents: by it a search tells what is common."""

from django.db import migrations

TABLE = "contacts_contactdocument"
SAMPLE = 1_000


def set_sample(apps, schema_editor, size=SAMPLE):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN body SET STATISTICS {size}")


def usual_sample(apps, schema_editor):
    set_sample(apps, schema_editor, size=-1)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0014_vocabulary")]

    operations = [migrations.RunPython(set_sample, usual_sample)]
