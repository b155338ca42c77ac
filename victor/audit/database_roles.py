"""Two roles of the database: one owns the tables and migrates, the other runs the portal and owns nothing.

What a table's owner can do (switch off triggers, change the audit log) the running portal then cannot, whoever has
taken it over.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from psycopg2 import sql

APPENDED = ("audit_entry",)  # read and added to
CHAIN = ("audit_chain",)  # read and moved on
READ = ("django_migrations",)
REWRITTEN = ("vault_grant", "vault_personalkey", "vault_recoveryshare", "vault_layer", "vault_resealing")
FIRST_WITH_MAINTAIN = 170000


class UnfitRole(Exception):
    """The role that shall run the portal can do more than it should, whatever is granted."""


def separate_roles(*, owner: str, processes: str) -> None:
    """Make both roles where they lack, give all tables to the owner, and the processes what they need.

    Raises:
        UnfitRole: the role of the processes is a superuser, or a member of the owner.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for role in (owner, processes):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        _refuse_unfit(owner, processes)
        for statement in _statements(owner, processes):
            cursor.execute(statement)


def _refuse_unfit(owner: str, processes: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR pg_has_role(rolname, %s, 'MEMBER') "
            "FROM pg_roles WHERE rolname = %s",
            [owner, processes],
        )
        if cursor.fetchone()[0]:
            raise UnfitRole(f"{processes} is a superuser, makes roles, or belongs to {owner}: name another role.")


def _statements(owner: str, processes: str) -> Iterator[sql.Composed]:
    names = {"owner": sql.Identifier(owner), "processes": sql.Identifier(processes)}
    names |= {"database": sql.Identifier(connection.settings_dict["NAME"])}
    for kind, name in _objects_of_others(owner):
        yield sql.SQL("ALTER {} {} OWNER TO {}").format(sql.SQL(kind), sql.Identifier("public", name), names["owner"])
    for text in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "REVOKE ALL ON DATABASE {database} FROM {processes}",
        "GRANT CONNECT ON DATABASE {database} TO {processes}",
        "GRANT ALL ON DATABASE {database} TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM {processes}",
        "GRANT USAGE ON SCHEMA public TO {processes}",
        "GRANT ALL ON SCHEMA public TO {owner}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {processes}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {processes}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {processes}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
        "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {processes}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {processes}",
    ):
        yield sql.SQL(text).format(**names)
    yield from _narrower(names)


def _narrower(names: dict[str, sql.Identifier]) -> Iterator[sql.Composed]:
    """What the processes may not do with some tables, and what else with others."""
    withheld = [(APPENDED, "UPDATE, DELETE"), (CHAIN, "INSERT, DELETE"), (READ, "INSERT, UPDATE, DELETE")]
    for tables, rights in withheld:
        for table in tables:
            text = sql.SQL("REVOKE {} ON {} FROM {}")
            yield text.format(sql.SQL(rights), sql.Identifier(table), names["processes"])
    if connection.cursor().connection.server_version >= FIRST_WITH_MAINTAIN:
        for table in REWRITTEN:
            yield sql.SQL("GRANT MAINTAIN ON {} TO {}").format(sql.Identifier(table), names["processes"])


def _objects_of_others(owner: str) -> list[tuple[str, str]]:
    """Tables and what else of ours does not belong to the owner yet, each with its kind."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                   ELSE 'TABLE' END, relname
            FROM pg_class c
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
              AND pg_get_userbyid(relowner) <> %s
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))
            """,
            [owner],
        )
        return list(cursor.fetchall())
