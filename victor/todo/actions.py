"""Installs the triggers of open items, and compares the table with the truth, or makes it anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from victor.todo import triggers
from victor.todo.declarations import KINDS, Kind
from victor.todo.models import SettledItem

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

KEPT_FOR = timedelta(days=1)
DIFFERENCES = """
WITH truth AS ({truth}),
stored AS (SELECT {columns} FROM todo_openitem WHERE kind = '{kind}'),
differing AS ((TABLE truth EXCEPT TABLE stored) UNION ALL (TABLE stored EXCEPT TABLE truth))
SELECT count(DISTINCT object) FROM differing
"""
LOCK = 5140  # one process at a time installs the triggers


def install_after_migration(**_signal: object) -> None:
    """Install what is declared today, unless the database has it or is half migrated. Then make the table anew."""
    if has_todays_triggers() or _is_half_migrated():
        return
    with transaction.atomic():
        install_triggers()
        rebuild_items()


def has_todays_triggers() -> bool:
    """Whether the database has the triggers that are declared."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('todo_openitem'), 'pg_class')")
        return bool(cursor.fetchone()[0] == triggers.version())


def _is_half_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@transaction.atomic
def install_triggers() -> None:
    """Replace all triggers of open items by those that are declared, on the tables that exist."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s AND NOT tgisinternal",
            [triggers.PREFIX.replace("_", r"\_") + "%"],
        )
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION IF EXISTS {name}()")
        tables = set(connection.introspection.table_names(cursor))
        for _name, table, text in triggers.statements():
            if table in tables:
                cursor.execute(text)
        cursor.execute(f"COMMENT ON TABLE todo_openitem IS '{triggers.version()}'")


@transaction.atomic
def rebuild_items() -> int:
    """Make the table what it has to be. Return how many items were wrong or missing."""
    wrong = sum(map(_rebuild_kind, _kinds_with_tables()))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM todo_openitem WHERE NOT kind = ANY(%s)", [list(KINDS)])
    return wrong


def find_differences() -> dict[str, int]:
    """How many items of each kind are missing, wrong or too many. It is empty as long as all is well."""
    with connection.cursor() as cursor:
        return {kind.name: number for kind in _kinds_with_tables() if (number := _count_differences(cursor, kind))}


def forget_settled() -> int:
    """Delete what was settled more than a day ago. Return how many items that were."""
    deleted, _rows = SettledItem.objects.filter(settled_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted


def _rebuild_kind(kind: Kind) -> int:
    with connection.cursor() as cursor:
        number = _count_differences(cursor, kind)
        if number:
            cursor.execute("DELETE FROM todo_openitem WHERE kind = %s", [kind.name])
            query = triggers.all_wanted(kind)
            cursor.execute(f"INSERT INTO todo_openitem ({triggers.ALL}) {query}")
    return number


def _count_differences(cursor: CursorWrapper, kind: Kind) -> int:
    truth = triggers.all_wanted(kind)
    cursor.execute(
        DIFFERENCES.format(columns=triggers.ALL, kind=kind.name, truth=truth),
    )
    return int(cursor.fetchone()[0])


def _kinds_with_tables() -> list[Kind]:
    tables = set(connection.introspection.table_names())
    return [kind for kind in KINDS.values() if {kind.table, *(watched.table for watched in kind.watched)} <= tables]
