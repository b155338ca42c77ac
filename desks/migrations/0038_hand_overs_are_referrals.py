"""A report that is handed over is a referral: the columns for it, and each hand-over of before as one."""

import hmac
import secrets
from datetime import UTC, timedelta
from uuid import NAMESPACE_URL, uuid5

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from victor.audit.actions import seal_of

SIGNS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
OPEN = ["accepted", "draft", "in_service", "info_asked", "outcome_returned", "ready", "sent"]
# By the state of before: the state, and why it ended.
STATES = {
    "asked": ("ready", ""),
    "agreed": ("sent", ""),
    "declined": ("withdrawn", "consent_withdrawn"),
    "accepted": ("accepted", ""),
    "refused": ("declined", ""),
    "withdrawn": ("withdrawn", "no_need"),
    "done": ("transferred", ""),
}
OFFERED = {"agreed", "accepted", "refused", "done"}  # the reporter had agreed
TAKEN = {"accepted", "done"}
ANSWER_DAYS, HELD_DAYS = 7, 30  # from now on, so that no desk loses overnight what was offered to it


def stamp_of(values):
    return seal_of(":".join(map(str, values)))


def in_stamp(moment):
    return moment.astimezone(UTC).isoformat() if moment else ""


def old_stamp(row):
    own = [row.report_id, row.source_id, row.target_id, row.state, row.asked_by_id, in_stamp(row.moved_at)]
    return stamp_of(["desks.handover", *own])


def new_stamp(row):
    """Without key, case and parent; without groups and what is chosen one by one; with the report at the end."""
    own = [row.pk, None, None, None, None, row.from_desk_id, row.to_desk_id, None]
    codes = [row.kind, row.purpose, row.state, "", row.author_id, None]
    times = [in_stamp(moment) for moment in (row.sent_at, row.accepted_at, row.expires_at)]
    return stamp_of(["desks.referral", *own, *codes, *times, row.report_id])


def new_reference(taken):
    """A name that tells nothing, and that no case, referral or package has."""
    while True:
        signs = "".join(secrets.choice(SIGNS) for _ in range(6))
        reference = f"{signs[:3]}-{signs[3:]}"
        if reference not in taken:
            taken.add(reference)
            return reference


def moments_of(apps):
    """When the reporter of each hand-over agreed, and when the other desk accepted, as the log has it."""
    entries = apps.get_model("audit", "Entry").objects.filter(object__startswith="desks.handover:")
    return {(entry.object, entry.action): entry.at for entry in entries.iterator()}


def move_rows(apps, schema_editor):
    """What was forged gets no stamp of ours here either: it stays as unreadable as it was."""
    referrals, now, moments = apps.get_model("desks", "Referral"), timezone.now(), moments_of(apps)
    others = (referrals, apps.get_model("desks", "Case"), apps.get_model("desks", "Package"))
    taken = {reference for model in others for reference in model.objects.values_list("reference", flat=True)}
    for old in apps.get_model("desks", "HandOver").objects.order_by("pk").iterator():
        name, (state, reason) = f"desks.handover:{old.pk}", STATES[old.state]
        is_open = state in OPEN
        new = referrals(
            id=uuid5(NAMESPACE_URL, name),
            reference=new_reference(taken),
            kind="report",
            state=state,
            revoke_reason=reason,
            report_id=old.report_id,
            from_desk_id=old.source_id,
            to_desk_id=old.target_id,
            author_id=old.asked_by_id,
            made_at=old.asked_at,
            moved_at=old.moved_at,
            sent_at=moments.get((name, "hand_over.agreed"), old.moved_at if old.state in OFFERED else None),
            accepted_at=moments.get((name, "hand_over.accepted"), old.moved_at if old.state in TAKEN else None),
            answer_by=now + timedelta(days=ANSWER_DAYS) if state == "sent" else None,
        )
        if new.sent_at is not None:
            new.expires_at = now + timedelta(days=HELD_DAYS) if is_open else old.moved_at
        new.stamp = new_stamp(new) if hmac.compare_digest(old.stamp, old_stamp(old)) else ""
        new.save(force_insert=True)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def forget_kind(apps, schema_editor):
    """No row of Django's own points to a model that is gone."""
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label="desks", model="handover").delete()


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0005_event_counts"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("desks", "0037_referral_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="report",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desks.report"
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="kind",
            field=models.CharField(choices=[('service', 'Service'), ('information', 'Update of a referral'), ('transfer', 'Transfer of the case'), ('emergency', 'Emergency sharing'), ('report', 'Handover of a report')], default='service', max_length=11),
        ),
        migrations.AlterField(
            model_name="referral",
            name="language",
            field=models.CharField(blank=True, choices=[('en', 'English'), ('el', 'Ελληνικά'), ('bg', 'Български'), ('ro', 'Română'), ('sl', 'Slovenščina'), ('sr', 'Српски'), ('hu', 'Magyar'), ('uk', 'Українська')], max_length=7),
        ),
        migrations.AlterField(
            model_name="referral",
            name="purpose",
            field=models.CharField(blank=True, choices=[('safe_place', 'A safe place'), ('health', 'Medical or psychological help'), ('legal', 'Legal help'), ('guardianship', 'A guardian'), ('tracing', 'Finding the family'), ('return', 'A safe return'), ('school', 'School and daily life'), ('identification', 'Identification'), ('protection', 'Protection as a whole')], max_length=14),
        ),
        migrations.RemoveConstraint(model_name="referral", name="desks_referral_accepted_when"),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=~Q(state__in=["accepted", "in_service", "outcome_returned"])
                | Q(accepted_at__isnull=False) & (Q(key__isnull=False) | Q(kind="report")),
                name="desks_referral_accepted_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                fields=["report"], condition=Q(state__in=OPEN), name="desks_referral_report_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=Q(
                    kind="report",
                    report__isnull=False,
                    case=None,
                    receiver_case=None,
                    key=None,
                    receiver_key=None,
                    parent=None,
                )
                | ~Q(kind="report") & Q(report=None),
                name="desks_referral_report_or_case",
            ),
        ),
        migrations.RunPython(move_rows),
        migrations.DeleteModel(name="HandOver"),
        migrations.AlterField(
            model_name="referral",
            name="report",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="hand_overs", to="desks.report"
            ),
        ),
        migrations.RunPython(forget_kind),
    ]
