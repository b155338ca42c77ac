"""Give columns and relations the names that the field uses. Nothing is written anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desks", "0007_names")]

    operations = [
        # In the database the constraint follows the column by itself.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveConstraint(model_name="escalation", name="desks_breach_once")]
        ),
        migrations.RenameField("escalation", "clock", "deadline"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.UniqueConstraint(
                        fields=("report", "deadline", "level", "since"), name="desks_breach_once"
                    ),
                )
            ]
        ),
        migrations.RenameField("enquiry", "given", "result"),
        migrations.AlterField(
            model_name="handover",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outgoing_hand_overs",
                to="desks.desk",
                verbose_name="from desk",
            ),
        ),
        migrations.AlterField(
            model_name="handover",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incoming_hand_overs",
                to="desks.desk",
                verbose_name="to desk",
            ),
        ),
    ]
