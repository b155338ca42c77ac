"""The funder's notice belongs to the partners now."""

import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pages", "0004_tells_of_changes"), ("partners", "0005_fundernotice")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="fundernotice", name="tells_of_changes"),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("FunderNotice")]),
    ]
