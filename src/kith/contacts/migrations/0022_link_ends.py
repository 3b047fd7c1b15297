"""The daily round of links that have ended finds them without reading all that are primary."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0021_links_at_sites'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='link',
            index=models.Index(condition=models.Q(('is_primary', True), ('to_date__isnull', False)), fields=['to_date'], name='contacts_link_ends'),
        ),
    ]
