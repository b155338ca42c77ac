"""Where a word of a child could lie outside the vault's envelopes, and how often it lies there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import BytesIO, StringIO
from pathlib import Path

from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection

from tests.files.metadata.samples import CANARY
from victor.celery import app
from victor.logs import configure

NEEDLES = [CANARY.encode(), CANARY.encode().hex().encode(), CANARY.encode("utf-16-le")]


@contextmanager
def read_log() -> Iterator[StringIO]:
    """What is logged meanwhile, at the level that says most."""
    log = StringIO()
    with redirect_stderr(log):
        configure(level="debug")
        yield log
    configure(level="error")


def places_outside(log: StringIO) -> dict[str, bytes]:
    """Everything that is stored or logged, as bytes. Only an envelope holds a word encrypted."""
    return {
        "database": dump(),
        "files": files(),
        "broker and cache": broker_and_cache(),
        "log": log.getvalue().encode(),
    }


def hits_in(places: dict[str, bytes]) -> dict[str, int]:
    """How often the word lies in each place, as text, as hexadecimal digits and in two bytes a letter."""
    return {name: sum(content.count(needle) for needle in NEEDLES) for name, content in places.items()}


def dump() -> bytes:
    """Every row of every table, as PostgreSQL writes them down."""
    whole = BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', whole)
    return whole.getvalue()


def broker_and_cache() -> bytes:
    """What lies in the broker and in the cache."""
    contents = []
    for client in (cache._cache.get_client(), app.connection_for_read().default_channel.client):
        contents += [client.dump(key) or b"" for key in client.keys("*")] + list(client.keys("*"))
    return b"\n".join(contents)


def files() -> bytes:
    """Every file with its name, of every storage."""
    contents = []
    for alias in ("materials", "evidence", "vault"):
        for path in (each for each in Path(storages[alias].location).rglob("*") if each.is_file()):
            contents += [str(path).encode(), path.read_bytes()]
    return b"\n".join(contents)
