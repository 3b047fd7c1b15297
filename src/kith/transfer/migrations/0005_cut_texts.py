
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transfer', '0004_exports'),
    ]

    operations = [
        migrations.AddField(
            model_name='export',
            name='cut',
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
