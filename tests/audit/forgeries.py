"""What somebody with the database in hand, but without the portal's key, could try on the audit log."""

from __future__ import annotations

import random
from collections.abc import Callable
from hashlib import sha256

from django.db import connection

from victor.audit.actions import digest_of
from victor.audit.models import Entry

COLUMNS = {
    "at": "at + interval '1 microsecond'",
    "action": "action || '.'",
    "actor": "'accounts.user:999'",
    "object": "'partners.organisation:999'",
    "details": """'{"changed": 1}'""",
    "digest": "reverse(digest)",
    "seal": "reverse(seal)",
}
FORGED = sha256(b"no key").hexdigest()


def execute(statement: str, *values: object) -> None:
    """Raw SQL, past every line of Python."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def alter(row: int, dice: random.Random) -> None:
    """Change one column of an entry."""
    column = dice.choice(list(COLUMNS))
    execute(f"UPDATE audit_entry SET {column} = {COLUMNS[column]} WHERE sequence = %s", row)


def delete(row: int, dice: random.Random) -> None:
    """Take an entry away."""
    execute("DELETE FROM audit_entry WHERE sequence = %s", row)


def insert_after(row: int, dice: random.Random) -> None:
    """Slip an entry in and move those behind it."""
    execute("UPDATE audit_entry SET sequence = -sequence - 1 WHERE sequence > %s", row)
    execute("UPDATE audit_entry SET sequence = -sequence WHERE sequence < 0")
    _insert(row + 1, Entry.objects.get(pk=row).digest)


def append(row: int, dice: random.Random) -> None:
    """Add an entry with the right digest behind the last, and leave the chain's end where it was."""
    last = Entry.objects.latest("sequence")
    _insert(last.sequence + 1, last.digest)


def rewrite_from(row: int, dice: random.Random) -> None:
    """Change an entry and set the digests of all that follow right, which takes no key; the seals do."""
    execute("UPDATE audit_entry SET actor = 'accounts.user:999' WHERE sequence = %s", row)
    digest = Entry.objects.get(pk=row - 1).digest if row > 1 else ""
    for entry in Entry.objects.filter(pk__gte=row).order_by("pk"):
        digest = digest_of(entry, previous=digest)
        execute("UPDATE audit_entry SET digest = %s WHERE sequence = %s", digest, entry.pk)
    execute("UPDATE audit_chain SET digest = %s", digest)


def cut_at(row: int, dice: random.Random) -> None:
    """Forget an entry and all behind it, and set the chain's end back with the seal of the entry before."""
    execute("DELETE FROM audit_entry WHERE sequence >= %s", row)
    before = Entry.objects.filter(pk=row - 1).first() or Entry(pk=0, digest="", seal="")
    execute("UPDATE audit_chain SET length = %s, digest = %s, seal = %s", before.pk, before.digest, before.seal)


def alter_end(row: int, dice: random.Random) -> None:
    """Change one column of the chain's end, or take it away."""
    change = dice.choice(["SET length = length - 1", "SET digest = reverse(digest)", "SET seal = reverse(seal)", ""])
    execute(f"UPDATE audit_chain {change}" if change else "DELETE FROM audit_chain")


def empty(row: int, dice: random.Random) -> None:
    """Empty the table of entries."""
    execute("TRUNCATE audit_entry")


FORGERIES: list[Callable[[int, random.Random], None]] = [
    alter,
    delete,
    insert_after,
    append,
    rewrite_from,
    cut_at,
    alter_end,
    empty,
]


def _insert(sequence: int, previous: str) -> None:
    entry = Entry(sequence=sequence, at=Entry.objects.first().at, action="x", actor="x", object="x", details="{}")
    values = (sequence, entry.at, "x", "x", "x", "{}", digest_of(entry, previous=previous), FORGED)
    execute("INSERT INTO audit_entry VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", *values)
