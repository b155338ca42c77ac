"""Stamp what names an envelope, a file or a desk's keys, so that the database alone cannot change it unnoticed.

Rows of before are stamped as they are: from here on a change of them is found.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from victor.audit.actions import seal_of

# The values that a stamp protects, in the order of `stamped_values`. Moments are in UTC.
STAMPED = {
    "Message": ("desks.message", "report_id", "envelope_id", "voice", "author_id", "written_at"),
    "Attachment": ("desks.attachment", "message_id", "original_id", "clean_id", "infected"),
    "Translation": ("desks.translation", "report_id", "source_id", "envelope_id", "language", "author_id", "written_at"),
    "OriginalAccess": (
        "desks.originalaccess", "attachment_id", "reason_id", "asked_by_id", "granted_by_id", "granted_at", "used_at"
    ),
    "Hold": ("desks.hold", "report_id", "reason_id", "by_id", "since"),
}
MOMENTS = {"written_at", "granted_at", "used_at", "since"}


def value(row, name):
    column = getattr(row, name)
    return column.isoformat() if name in MOMENTS and column else column


def stamp_rows(apps, schema_editor):
    for model, (stored_name, *names) in STAMPED.items():
        for row in apps.get_model("desks", model).objects.all().iterator():
            row.stamp = seal_of(":".join(map(str, [stored_name, *(value(row, name) for name in names)])))
            row.save(update_fields=["stamp"])
    for desk in apps.get_model("desks", "Desk").objects.exclude(group=None):
        desk.group_stamp = seal_of(f"desks.desk.group:{desk.pk}:{desk.group_id}")
        desk.save(update_fields=["group_stamp"])


def author(null=True):
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):

    dependencies = [("desks", "0008_names"), ("vault", "0005_rewrite_tables")]

    operations = [
        *(
            migrations.AddField(
                model_name=model.lower(),
                name="stamp",
                field=models.CharField(default="", max_length=64),
                preserve_default=False,
            )
            for model in STAMPED
        ),
        migrations.AddField(
            model_name="desk",
            name="group_stamp",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(model_name="message", name="author", field=author()),
        migrations.AlterField(model_name="translation", name="author", field=author()),
        migrations.AlterField(model_name="originalaccess", name="granted_by", field=author()),
        migrations.RunPython(stamp_rows, migrations.RunPython.noop),
    ]
