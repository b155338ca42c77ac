"""System checks: what must not be in production."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from victor.accounts import demo

THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")
TLS_MODES = {"require", "verify-ca", "verify-full"}


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


@register(Tags.security, deploy=True)
def servers_are_asked_over_tls(**kwargs: object) -> list[CheckMessage]:
    """Warn of each server on another machine that is asked without TLS."""
    hint = "Encrypt the connection: sslmode=verify-full, rediss://, amqps:// or smtp+tls://."
    return [
        Warning(f"{name}: the connection to {host} is not encrypted.", hint=hint, id="accounts.W001")
        for name, host, is_encrypted in _connections()
        if not is_encrypted and host not in THIS_MACHINE and not host.startswith("/")
    ]


def _connections() -> Iterator[tuple[str, str, bool]]:
    """The variable of each server, its host, and whether the connection is encrypted."""
    database: dict[str, Any] = settings.DATABASES["default"]  # settings of several types, by Django's names
    yield "DATABASE_URL", database["HOST"], database.get("OPTIONS", {}).get("sslmode") in TLS_MODES
    for name, address in (
        ("CACHE_URL", str(settings.CACHES["default"]["LOCATION"])),
        ("BROKER_URL", settings.CELERY_BROKER_URL),
    ):
        parts = urlsplit(address)
        yield name, parts.hostname or "", parts.scheme in {"rediss", "amqps"}
    mail: dict[str, Any] = settings.DELIVERY  # the same
    yield "EMAIL_URL", mail["EMAIL_HOST"], bool(mail.get("EMAIL_USE_TLS") or mail.get("EMAIL_USE_SSL"))


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
