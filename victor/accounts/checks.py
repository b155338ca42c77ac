"""What must not be in production."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

DEMO_DOMAIN = "demo.victor.example"


@register(Tags.database)
def no_demo_accounts(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a production database that holds accounts whose passwords are printed on request."""
    from victor.accounts.models import User  # noqa: PLC0415 - apps load before models

    if settings.DEMO or not databases or not User.objects.filter(email__iendswith=f"@{DEMO_DOMAIN}").exists():
        return []
    hint = "Start with an empty database, or delete these accounts."
    return [Error(f"There are demo accounts (…@{DEMO_DOMAIN}) in the database.", hint=hint, id="accounts.E001")]


@register(deploy=False)
def keys_are_usable(**kwargs: Any) -> list[CheckMessage]:
    """Refuse keys that could not encrypt."""
    from cryptography.fernet import Fernet  # noqa: PLC0415

    for number, key in enumerate(settings.FIELD_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            return [Error(f"FIELD_KEYS: key {number} is no Fernet key.", id="accounts.E002")]
    return []
