"""Stamp recoveries: whose they are, with which new key, and until when."""

from django.db import migrations, models

from victor.audit.actions import seal_of


def stamp_rows(apps, schema_editor):
    for row in apps.get_model("vault", "RecoveryRequest").objects.all().iterator():
        values = ["vault.ceremony", row.pk, row.group_id, row.user_id, row.key_id, row.expires_at.isoformat()]
        row.stamp = seal_of(":".join(map(str, values)))
        row.save(update_fields=["stamp"])


class Migration(migrations.Migration):

    dependencies = [("vault", "0005_rewrite_tables")]

    operations = [
        migrations.AddField(
            model_name="recoveryrequest",
            name="stamp",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(stamp_rows, migrations.RunPython.noop),
    ]
