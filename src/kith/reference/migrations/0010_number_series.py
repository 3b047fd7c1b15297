"""Number series become records, which have ids: what is set of them can be undone."""

from typing import Any

from django.db import migrations, models

COLUMNS = ("name", "prefix", "digits", "next_number")


def copy(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("reference", "FormerSeries").objects.values(*COLUMNS)
    series = apps.get_model("reference", "NumberSeries")
    series.objects.bulk_create([series(**row) for row in rows])


class Migration(migrations.Migration):
    dependencies = [("reference", "0009_currencies")]
    operations = [
        migrations.RemoveConstraint("numberseries", "reference_number_series"),
        migrations.RenameModel("NumberSeries", "FormerSeries"),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=32, unique=True)),
                ("prefix", models.CharField(blank=True, max_length=20)),
                ("digits", models.SmallIntegerField(default=5)),
                ("next_number", models.BigIntegerField(default=1)),
                ("version", models.IntegerField(db_default=1, default=1)),
                ("created_at", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(next_number__gte=1, digits__range=(1, 12)),
                        name="reference_number_series",
                    )
                ]
            },
        ),
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.DeleteModel("FormerSeries"),
    ]
