"""No key is stored for a rotation any more. Wrong passphrases are counted on the person, not on the key."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def wipe_secrets(apps, schema_editor):
    """What a worker's key has opened goes. Members whose vault is unlocked move the records that still wait."""
    apps.get_model("vault", "KeyRotation").objects.exclude(secret=b"").update(secret=b"")


def count_on_the_person(apps, schema_editor):
    tries = apps.get_model("vault", "PassphraseTries").objects
    for personal in apps.get_model("vault", "PersonalKey").objects.filter(failures__gt=0).order_by("failures"):
        facts = {"failures": personal.failures, "failed_at": personal.failed_at}
        tries.update_or_create(
            user_id=personal.user_id, of_old_keys=personal.set_aside_at is not None, defaults=facts
        )


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("vault", "0003_field_names"),
    ]

    operations = [
        migrations.RunPython(wipe_secrets, migrations.RunPython.noop),
        migrations.CreateModel(
            name="PassphraseTries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of_old_keys", models.BooleanField(default=False)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passphrase_tries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="passphrasetries",
            constraint=models.UniqueConstraint(fields=("user", "of_old_keys"), name="vault_passphrasetries_once"),
        ),
        migrations.RunPython(count_on_the_person, migrations.RunPython.noop),
        migrations.RemoveField(model_name="keyrotation", name="secret"),
        migrations.RemoveField(model_name="personalkey", name="failures"),
        migrations.RemoveField(model_name="personalkey", name="failed_at"),
    ]
