"""Give models and columns the names that the field uses. The tables stay, so that nothing is written anew."""

import django.db.models.deletion
from django.db import migrations, models

RENAMED = {
    "Asked": "QuestionnaireInvitation",
    "HandedIn": "QuestionnaireSubmission",
    "Step": "RegistrationStep",
    "Group": "RegistrationGroup",
}


class Migration(migrations.Migration):
    dependencies = [("trainings", "0002_known_schedule_and_ordered_at")]

    operations = [
        *(migrations.AlterModelTable(name=old, table=f"trainings_{old.lower()}") for old in RENAMED),
        *(migrations.RenameModel(old_name=old, new_name=new) for old, new in RENAMED.items()),
        migrations.RenameField("registration", "came_at", "registered_at"),
        migrations.RenameField("correction", "came", "attended"),
        *(
            migrations.AlterField(
                model_name=model,
                name="registration",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name=name, to="trainings.registration"
                ),
            )
            for model, name in (("questionnaireinvitation", "invitations"), ("questionnairesubmission", "submissions"))
        ),
    ]
