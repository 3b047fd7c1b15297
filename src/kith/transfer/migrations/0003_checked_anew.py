"""What was checked and not yet imported is to be checked anew: its lines are written otherwise now,
and hold other values of accessibility and state."""

from django.db import migrations


def check_anew(apps, schema_editor):
    apps.get_model("transfer", "Import").objects.filter(state="review").update(state="mapping")


class Migration(migrations.Migration):
    dependencies = [("transfer", "0002_trusted_imports")]

    operations = [migrations.RunPython(check_anew, migrations.RunPython.noop, elidable=True)]
