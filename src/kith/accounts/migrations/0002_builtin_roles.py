from django.db import migrations

ROLES = {
    "administrator": "Administrator",
    "manager": "Manager",
    "agent": "Agent",
    "readonly": "Read-only",
}


def make_roles(apps, schema_editor):
    Role = apps.get_model("accounts", "Role")
    for key, name in ROLES.items():
        Role.objects.update_or_create(key=key, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
