"""Several people may share an address, and everybody may stop reminders and questions."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trainings", "0003_names")]

    operations = [
        migrations.RemoveConstraint("registration", "trainings_registration_once"),
        migrations.AddConstraint(
            "registration",
            models.UniqueConstraint(
                models.F("seminar"),
                django.db.models.functions.text.Lower("email"),
                django.db.models.functions.text.Lower(models.F("name")),
                condition=models.Q(state__in=["applied", "confirmed", "waiting", "offered"]),
                name="trainings_registration_once",
            ),
        ),
        migrations.AddField(
            "registration",
            "wants_mail",
            models.BooleanField("gets reminders and questions by email", default=True),
        ),
    ]
