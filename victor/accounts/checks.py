"""System checks: what must not be in production."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from victor.accounts import demo


@register(Tags.database)
def no_demo_accounts(databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Refuse a production database with demo accounts, whose passwords anybody can print."""

    if settings.DEMO or not databases or not _has_user_table() or not demo.demo_accounts().exists():
        return []
    hint = "Start with an empty database, or delete these accounts."
    return [Error(f"There are demo accounts (…@{demo.DOMAIN}) in the database.", hint=hint, id="accounts.E001")]


@register(deploy=False)
def keys_are_usable(**kwargs: object) -> list[CheckMessage]:
    """Refuse keys that cannot encrypt."""

    for number, key in enumerate(settings.FIELD_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            return [Error(f"FIELD_KEYS: key {number} is no Fernet key.", id="accounts.E002")]
    return []


def refuse_demo_accounts(**kwargs: object) -> None:
    """Stop a process that is about to serve where a production database has demo accounts.

    Raises:
        SystemExit: it has.
    """
    for fault in no_demo_accounts(databases=["default"]):
        raise SystemExit(f"{fault.msg} {fault.hint}")


def _has_user_table() -> bool:
    with connection.cursor() as cursor:
        return "accounts_user" in connection.introspection.table_names(cursor)
