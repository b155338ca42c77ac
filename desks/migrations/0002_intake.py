from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("desks", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="perhaps_junk",
            field=models.BooleanField(default=False, verbose_name='possible spam'),
        ),
        migrations.AddField(
            model_name="report",
            name="deletion_asked_at",
            field=models.DateTimeField(null=True, verbose_name='deletion requested'),
        ),
    ]
