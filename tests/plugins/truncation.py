"""Let tests that commit empty the database afterwards, the audit log included.

Django does so by TRUNCATE, which the audit log refuses by trigger. The triggers are off for that one statement, by
ALTER TABLE, which the owner of the test database may; they hold again for the next test. What a migration has
written is there afterwards, as in production: the funder's notices stay, and the empty chain is put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

GUARDED = ("audit_entry", "audit_chain")
MIGRATED = re.compile(r'"pages_fundernotice", |, "pages_fundernotice"')
EMPTY_CHAIN = "INSERT INTO audit_chain (id, length, digest, seal) VALUES (1, 0, '', '') ON CONFLICT DO NOTHING"


@contextmanager
def unguarded() -> Iterator[None]:
    """No trigger of the audit log fires in this transaction: what a database owner can do, and a test must."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks of its rows wait
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def pytest_sessionstart() -> None:
    """Wrap the statements that empty the database."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_all(self: Any, statements: list[str]) -> None:
        with unguarded():
            flush(self, [*(MIGRATED.sub("", statement) for statement in statements), EMPTY_CHAIN])

    operations.execute_sql_flush = flush_all
