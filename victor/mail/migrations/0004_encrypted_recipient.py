"""Encrypt the recipients of discreet messages that still wait."""

from django.db import migrations, models

from victor.field_encryption import encrypt_value


def encrypt(apps, schema_editor):
    for message in apps.get_model("mail", "Message").objects.filter(discreet=True).exclude(recipient=""):
        message.encrypted_recipient, message.recipient = encrypt_value(message.recipient.ljust(254)), ""
        message.save(update_fields=["encrypted_recipient", "recipient"])


class Migration(migrations.Migration):

    dependencies = [("mail", "0003_facts")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="encrypted_recipient",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(encrypt, migrations.RunPython.noop),
    ]
