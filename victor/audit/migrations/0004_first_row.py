"""The chain has its one row from the start, so that two first writers never make it at the same time."""

from django.db import migrations


def create_chain(apps, schema_editor):
    apps.get_model("audit", "Chain").objects.get_or_create(id=1)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_words_for_people'),
    ]

    operations = [
        migrations.RunPython(create_chain, migrations.RunPython.noop, elidable=False),
    ]
