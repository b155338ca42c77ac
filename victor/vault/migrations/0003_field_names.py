"""Give fields the names that the field of work uses. Only columns are renamed: stamps are over values, not names."""

import django.db.models.deletion
from django.db import migrations, models

RENAMED = [
    ("group", "due", "needs_new_key"),
    ("recoverylayer", "ceremony", "recovery_request"),
    ("keyrotation", "old", "old_key"),
    ("keyrotation", "chosen", "record_keys"),
    ("keyrotation", "moved", "moved_count"),
    ("grant", "moving", "rotation"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0002_names'),
    ]

    operations = [
        *(migrations.RenameField(model_name=model, old_name=old, new_name=new) for model, old, new in RENAMED),
        migrations.AlterField(
            model_name='grant',
            name='holder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants_held', to='vault.key'),
        ),
    ]
