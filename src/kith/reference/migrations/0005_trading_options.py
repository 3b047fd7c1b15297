"""What an installation begins to trade with: number series, invoice types, payment terms; and
what the second choice of each reference is."""

from django.db import migrations
from django.utils import timezone

OPTIONS = {
    "invoice_type": ["Sales Invoice", "Service Invoice"],
    "payment_terms": ["Immediately", "7 days", "14 days", "30 days", "45 days", "60 days"],
}
ASKS = {
    "campaign": "campaign",
    "contact": "contact",
    "prospect": "contact",
    "employee": "user",
    "other": "text",
}
SERIES = {"customer": "CUST-", "vendor": "VEND-"}


def add(apps, schema_editor):
    Option = apps.get_model("reference", "Option")
    now = timezone.now()
    Option.objects.bulk_create(
        [
            Option(
                list_name=list_name,
                name=name,
                folded=name.lower(),
                position=position,
                created_at=now,
                updated_at=now,
            )
            for list_name, names in OPTIONS.items()
            for position, name in enumerate(names)
        ],
        ignore_conflicts=True,
    )
    for option in Option.objects.filter(list_name="reference", folded__in=ASKS):
        option.attributes = {**option.attributes, "asks": ASKS[option.folded]}
        option.save(update_fields=["attributes"])
    Series = apps.get_model("reference", "NumberSeries")
    Series.objects.bulk_create(
        [Series(name=name, prefix=prefix) for name, prefix in SERIES.items()],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("reference", "0004_trading_lists")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
