"""Give models and columns the names that the field uses. The tables stay, so that nothing is written anew."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

RENAMED = {"Breach": "Escalation", "Warned": "DeletionWarning", "Tombstone": "DeletionRecord", "Tally": "DeletedReportStats"}


class Migration(migrations.Migration):
    dependencies = [("desks", "0006_no_alert_minutes")]

    operations = [
        *(migrations.AlterModelTable(name=old, table=f"desks_{old.lower()}") for old in RENAMED),
        *(migrations.RenameModel(old_name=old, new_name=new) for old, new in RENAMED.items()),
        pgtrigger.migrations.RemoveTrigger(model_name="report", name="sets_due_at"),
        migrations.RenameField("report", "lookup", "receipt_digest"),
        migrations.RenameField("report", "perhaps_junk", "suspected_spam"),
        migrations.RenameField("report", "waits_since", "unread_since"),
        migrations.RenameField("escalation", "told_at", "notified_at"),
        migrations.RenameField("deletionwarning", "told_at", "notified_at"),
        migrations.AlterModelOptions(
            name='escalation',
            options={'ordering': ['notified_at', 'pk']},
        ),
        migrations.AlterField(
            model_name='deletionrecord',
            name='desk',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deletion_records', to='desks.desk', verbose_name='desk'),
        ),
        migrations.AlterField(
            model_name='deletionrecord',
            name='rule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deletion_records', to='desks.retentionrule', verbose_name='rule'),
        ),
        migrations.AlterField(
            model_name='escalation',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='desks.report', verbose_name='report'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='sets_due_at', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nNEW.urgent := NEW.danger AND NEW.triaged_at IS NULL AND NEW.state IN ('received', 'acknowledged', 'triaged');\nNEW.due_at := (\n    SELECT LEAST(\n        CASE WHEN NEW.danger AND NEW.read_at IS NULL AND works.goes_on\n            THEN NEW.received_at + make_interval(mins => desk.escalation_minutes) END,\n        CASE WHEN NEW.triaged_at IS NULL AND works.goes_on\n            THEN NEW.received_at + CASE WHEN NEW.danger\n                THEN make_interval(mins => desk.danger_minutes) ELSE make_interval(hours => desk.triage_hours) END END,\n        CASE WHEN NEW.answered_at IS NULL AND works.goes_on AND NEW.channel = 'web'\n            THEN NEW.received_at + make_interval(hours => desk.answer_hours) END,\n        NEW.unread_since + make_interval(hours => desk.triage_hours)\n    )\n    FROM desks_desk desk, (SELECT NEW.state IN ('received', 'acknowledged', 'triaged') AS goes_on) works\n    WHERE desk.id = NEW.desk_id\n);\nRETURN NEW;\n", hash='f968069ed2dfe4e2c45967f3599690aca51d6832', operation='INSERT OR UPDATE', pgid='pgtrigger_sets_due_at_6e57d', table='desks_report', when='BEFORE')),
        ),
    ]
