from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='frozenfigures',
            name='medians',
            field=models.JSONField(null=True),
        ),
    ]
