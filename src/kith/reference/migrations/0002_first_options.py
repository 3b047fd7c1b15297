"""The options that an installation begins with."""

from django.db import migrations
from django.utils import timezone

OPTIONS = {
    "salutation": [
        ("M/S", {}), ("Mr.", {}), ("Mrs.", {}), ("Miss", {}), ("Ms.", {}), ("Dr.", {}),
        ("Prof.", {}), ("CA.", {}), ("Ar.", {}), ("ID", {}), ("Er.", {}), ("Shri", {}),
        ("Smt.", {}),
    ],
    "contact_type": [
        ("Customer", {"is_customer": True, "is_vendor": False}),
        ("Vendor", {"is_customer": False, "is_vendor": True}),
        ("Both", {"is_customer": True, "is_vendor": True}),
        ("Other", {"is_customer": False, "is_vendor": False}),
    ],
    "temperature": [
        ("Cold", {"colour": "blue"}), ("Warm", {"colour": "orange"}), ("Hot", {"colour": "red"}),
    ],
    "site_type": [
        ("Head office", {}), ("Office Address", {}), ("Factory Address", {}),
        ("Godown Address", {}), ("Warehouse", {}),
    ],
    "relation": [
        ("Employer", {"reverse": "Employee"}),
        ("Company", {"reverse": "Contact person"}),
        ("Owner of", {"reverse": "Owned by"}),
        ("Parent company", {"reverse": "Subsidiary"}),
        ("Partner", {"reverse": "Partner"}),
        ("Spouse", {"reverse": "Spouse"}),
        ("Referred by", {"reverse": "Referred"}),
        ("Related to", {"reverse": "Related to"}),
    ],
    "reference": [
        ("Campaign", {}), ("Contact", {}), ("Prospect", {}), ("Employee", {}), ("Other", {}),
    ],
}  # fmt: skip


def add(apps, schema_editor):
    Option = apps.get_model("reference", "Option")
    now = timezone.now()
    Option.objects.bulk_create(
        Option(
            list_name=list_name,
            name=name,
            folded=name.lower(),
            position=position,
            attributes=attributes,
            created_at=now,
            updated_at=now,
        )
        for list_name, options in OPTIONS.items()
        for position, (name, attributes) in enumerate(options)
    )


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
