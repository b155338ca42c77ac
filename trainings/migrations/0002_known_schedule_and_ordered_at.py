from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trainings", "0001_initial")]

    operations = [
        migrations.RenameField(model_name="mailing", old_name="told", new_name="known_schedule"),
        migrations.RenameField(model_name="certificateorder", old_name="asked_at", new_name="ordered_at"),
    ]
