"""The triggers that keep open items in step, made from what the apps declare.

Each table on which items depend has a trigger for each kind of them. It works in the transaction of the change, on the
rows that have changed: so no action can forget an item, and two that work at the same time do not undo each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from victor.todo.declarations import KINDS, Kind, Watched

COLUMNS: tuple[str, ...] = (
    "kind",
    "source",
    "object",
    "subject",
    "topic",
    "audiences",
    "barred",
    "since",
    "due_at",
    "opens_at",
)
COLUMNS += ("closes_at", "urgent", "facts")
ALL = ", ".join(COLUMNS)
PREFIX = "todo_"
# A plan made while the table was small would read all of it for each row: so it goes by the index from the start.
FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS TRIGGER AS $todo$
BEGIN
    IF TG_OP = 'DELETE' THEN
        {deleted};
    ELSIF TG_OP = 'INSERT' THEN
        {inserted};
    ELSE
        {changed};
    END IF;
    RETURN NULL;
END;
$todo$ LANGUAGE plpgsql SET enable_seqscan = off;
DROP TRIGGER IF EXISTS {name} ON {table};
CREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE{columns} ON {table} FOR EACH ROW EXECUTE PROCEDURE {name}();
"""
SYNC = """
WITH changed AS ({rows}),
wanted AS ({wanted}),
gone AS (
    DELETE FROM todo_openitem item USING (SELECT DISTINCT {key} AS source FROM changed r) sources
    WHERE item.kind = '{kind}' AND item.source = sources.source
      AND NOT EXISTS (SELECT 1 FROM wanted WHERE wanted.object = item.object)
    RETURNING item.*
),
noted AS (
    INSERT INTO todo_settleditem ({all}, settled_at) SELECT {all}, now() FROM gone
)
{write}
"""
WRITE = """
INSERT INTO todo_openitem AS item ({all}) {query}
ON CONFLICT (kind, object) DO UPDATE SET {updates}
WHERE ({old}) IS DISTINCT FROM ({new})
"""
FORGET = """
DELETE FROM todo_openitem WHERE kind = '{kind}' AND source = {key};
DELETE FROM todo_settleditem WHERE kind = '{kind}' AND source = {key}
"""


def wanted(kind: Kind, rows: str) -> str:
    """The query of the items that are open, as the rows `r` have it."""
    about = kind.object or f"'{kind.name}:' || {kind.key}"
    facts = ", ".join(f"'{name}', {value}" for name, value in kind.facts.items())
    values = {
        "kind": f"'{kind.name}'::varchar",
        "source": kind.key,
        "object": about,
        "subject": kind.subject or about,
        "topic": kind.topic or about,
        "audiences": f"({kind.audiences})::varchar[]",
        "barred": kind.barred,
        "since": kind.since,
        "due_at": kind.due_at,
        "opens_at": kind.opens_at or kind.since,
        "closes_at": kind.closes_at,
        "urgent": kind.urgent,
        "facts": f"jsonb_build_object({facts})",
    }
    columns = ", ".join(f"{values[name]} AS {name}" for name in COLUMNS)
    return f"SELECT {columns} FROM {rows} r {kind.joins} WHERE {kind.is_open}"  # noqa: S608 - declared in code


def all_wanted(kind: Kind) -> str:
    """The query of all items of a kind that are open: the truth."""
    return wanted(kind, f"({kind.every_row or f'SELECT * FROM {kind.table}'})")  # noqa: S608 - declared in code


def sync(kind: Kind, rows: str) -> str:
    """The statement that brings the table in step with these rows."""
    query = wanted(kind, "changed")
    return SYNC.format(rows=rows, wanted=query, key=kind.key, kind=kind.name, all=ALL, write=_write("TABLE wanted"))


def _write(query: str) -> str:
    """The statement that writes the items of a query, those that are there already too."""
    updated = [name for name in COLUMNS if name not in ("kind", "object")]
    return WRITE.format(
        query=query,
        all=ALL,
        updates=", ".join(f"{name} = excluded.{name}" for name in updated),
        old=", ".join(f"item.{name}" for name in updated),
        new=", ".join(f"excluded.{name}" for name in updated),
    )


def statements() -> Iterator[tuple[str, str, str]]:
    """Each trigger: its name, its table, and the statements that install it."""
    for kind in KINDS.values():
        own = Watched(kind.table, "SELECT {row}.*")
        for number, table in enumerate([own, *kind.watched]):
            name = f"{PREFIX}{kind.name.replace('.', '_')}_{number}"
            yield name, table.table, _install(kind, table, name, is_own=number == 0)


def version() -> str:
    """A digest of all triggers, by which a database knows whether it has today's."""
    return hashlib.sha256("".join(text for _name, _table, text in statements()).encode()).hexdigest()


def _install(kind: Kind, table: Watched, name: str, *, is_own: bool) -> str:
    changed = sync(kind, table.rows.format(row="NEW"))
    forget = FORGET.format(kind=kind.name, key=kind.key.replace("r.", "OLD."))
    deleted = forget if is_own and not kind.derived else sync(kind, table.rows.format(row="OLD"))
    # A new row has no items yet: nothing has to be looked for.
    inserted = _write(wanted(kind, "(SELECT NEW.*)")) if is_own and not kind.derived else changed
    columns = f" OF {', '.join(table.columns)}" if table.columns else ""
    return FUNCTION.format(
        name=name, table=table.table, deleted=deleted, inserted=inserted, changed=changed, columns=columns
    )
