"""The different words of the search documents, where similar spellings are looked up."""

import re

from django.db import migrations, models

LETTERS = re.compile(r"[a-z]{2,40}")
STEP = 5_000


def fill(apps, schema_editor):
    """The words that the documents hold by now; the write door adds those to come."""
    documents = apps.get_model("contacts", "ContactDocument")
    vocabulary = apps.get_model("contacts", "ContactWord")
    known, last = set(), 0
    while rows := list(
        documents.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "body")[:STEP]
    ):
        found = {
            word
            for _pk, body in rows
            for part in body.split()
            if "@" not in part and "/" not in part
            for word in LETTERS.findall(part)
        }
        fresh = sorted(found - known)
        known |= found
        vocabulary.objects.bulk_create([vocabulary(text=word) for word in fresh], batch_size=5_000)
        last = rows[-1][0]


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0013_aadhaar_digest'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=40, unique=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
