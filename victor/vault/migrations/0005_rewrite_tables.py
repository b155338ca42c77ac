"""Rewrite the tables of keys: PostgreSQL leaves what was deleted in their files until then."""

from django.db import migrations

TABLES = ("vault_resealing", "vault_grant", "vault_personalkey", "vault_recoveryshare", "vault_layer")


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs outside a transaction only

    dependencies = [("vault", "0004_no_stored_key")]

    operations = [
        migrations.RunSQL(f"VACUUM (FULL) {table}", migrations.RunSQL.noop, elidable=True) for table in TABLES
    ]
