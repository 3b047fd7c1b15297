"""What the list is filtered and sorted by has an index where it is filled, and the keys of e-mail
addresses begin alike, so that the index of keys has them in order."""

from django.conf import settings
from django.db import migrations, models


ADDRESSES = "key LIKE '%@%' AND key NOT LIKE '%://%'"
SIGNED = """
UPDATE contacts_channel SET key = '@' || CASE WHEN value LIKE '+%' THEN '+' ELSE '' END
|| substr(key, 1, 498) WHERE """
BARE = """
UPDATE contacts_channel SET key = substr(key, CASE WHEN value LIKE '+%' THEN 3 ELSE 2 END) WHERE """


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_roles_and_invitations'),
        ('contacts', '0019_search_levels'),
        ('reference', '0011_held_back_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SIGNED + ADDRESSES, BARE + "key LIKE '@%'"),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('designation__isnull', False)), fields=['designation'], name='contacts_by_designation'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('industry__isnull', False)), fields=['industry'], name='contacts_by_industry'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('segment__isnull', False)), fields=['segment'], name='contacts_by_segment'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('temperature__isnull', False)), fields=['temperature'], name='contacts_by_temperature'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('priority__isnull', False)), fields=['priority'], name='contacts_by_priority'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('birth_date__isnull', False)), fields=['birth_date'], name='contacts_by_birth_date'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('annual_revenue__isnull', False)), fields=['annual_revenue'], name='contacts_by_revenue'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('important', True)), fields=['important'], name='contacts_important'),
        ),
    ]
