"""Rewrite the outbox: PostgreSQL leaves addresses that were deleted in its file until then."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs outside a transaction only

    dependencies = [("mail", "0004_encrypted_recipient")]

    operations = [migrations.RunSQL("VACUUM (FULL) mail_message", migrations.RunSQL.noop, elidable=True)]
