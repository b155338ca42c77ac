"""Stamp reports and hand-overs: with which key, at which desk, and whether the reporter has agreed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from victor.audit.actions import seal_of


def values_of_report(report):
    digest = bytes(report.receipt_digest).hex() if report.receipt_digest else ""
    return ["desks.report", report.pk, report.key_id, report.desk_id, report.channel, digest]


def values_of_hand_over(row):
    moment = row.moved_at.isoformat()
    return ["desks.handover", row.report_id, row.source_id, row.target_id, row.state, row.asked_by_id, moment]


def stamp_rows(apps, schema_editor):
    for model, values in (("Report", values_of_report), ("HandOver", values_of_hand_over)):
        for row in apps.get_model("desks", model).objects.all().iterator():
            row.stamp = seal_of(":".join(map(str, values(row))))
            row.save(update_fields=["stamp"])


class Migration(migrations.Migration):

    dependencies = [("desks", "0009_stamps")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="stamp",
                field=models.CharField(default="", max_length=64),
                preserve_default=False,
            )
            for model in ("report", "handover")
        ),
        migrations.AlterField(
            model_name="handover",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(stamp_rows, migrations.RunPython.noop),
    ]
