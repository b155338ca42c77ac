"""Give models the names that the field uses. The tables stay, so that nothing is written anew."""

import django.db.models.deletion
from django.db import migrations, models

RENAMED = {"Ceremony": "RecoveryRequest", "Layer": "RecoveryLayer", "Resealing": "KeyRotation"}


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        *(migrations.AlterModelTable(name=old, table=f"vault_{old.lower()}") for old in RENAMED),
        *(migrations.RenameModel(old_name=old, new_name=new) for old, new in RENAMED.items()),
        migrations.AlterField(
            model_name='keyrotation',
            name='old',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rotations', to='vault.key'),
        ),
        migrations.AlterField(
            model_name='keyrotation',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rotations', to='vault.group', verbose_name='target group'),
        ),
        migrations.AlterField(
            model_name='recoveryrequest',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_requests', to='vault.group', verbose_name='group'),
        ),
    ]
