"""The role of the processes owns nothing: what undoes the log needs another (finding 10)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from victor.access import System
from victor.audit.actions import record
from victor.audit.models import Entry
from victor.audit.verification import find_faults
from victor.vault.groups.tasks import MODELS, clean_tables

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = f"processes_of_a_test_{os.getpid()}"


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def processes() -> Iterator[None]:
    """The connection of this test is of the role of the processes."""
    call_command("database_roles", processes=ROLE, verbosity=0)
    execute(f"SET SESSION AUTHORIZATION {ROLE}")
    yield
    execute("RESET SESSION AUTHORIZATION")
    execute(f"DROP OWNED BY {ROLE}")
    execute(f"DROP ROLE {ROLE}")


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        "ALTER TABLE audit_chain DISABLE TRIGGER USER",
        "SET session_replication_role = replica",
        "DROP TRIGGER pgtrigger_append_only_a6b88 ON audit_entry",
        "UPDATE audit_entry SET actor = 'nobody'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DROP TABLE audit_entry",
        "DELETE FROM audit_chain",
        "INSERT INTO audit_chain (id, length, digest, seal) VALUES (1, 0, '', '')",
        "ALTER TABLE audit_entry RENAME TO other",
        "CREATE TABLE public.mine (x int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE audit_entry OWNER TO CURRENT_USER",
        "UPDATE django_migrations SET app = 'x'",
    ],
)
def test_undo_the_log_by_the_role_of_the_processes_is_refused(statement):
    """Finding 10."""
    with pytest.raises(ProgrammingError), transaction.atomic():
        execute(statement)


@pytest.mark.usefixtures("processes")
def test_record_by_the_role_of_the_processes_appends():
    for _ in range(3):
        record("test.done", "thing:1", by=System("test"))
    assert Entry.objects.count() == 3
    assert list(find_faults()) == []


@pytest.mark.usefixtures("processes")
def test_clean_tables_by_the_role_of_the_processes_rewrites_them():
    assert clean_tables() == len(MODELS)


@pytest.mark.usefixtures("processes")
def test_every_table_is_read_by_the_role_of_the_processes():
    for table in connection.introspection.table_names():
        execute(f'SELECT 1 FROM "{table}" LIMIT 1')


def test_table_that_a_later_migration_makes_is_open_to_the_processes():
    call_command("database_roles", processes=ROLE, verbosity=0)
    execute("CREATE TABLE later (x int)")
    try:
        execute(f"SET SESSION AUTHORIZATION {ROLE}")
        execute("INSERT INTO later VALUES (1)")
    finally:
        execute("RESET SESSION AUTHORIZATION")
        execute(f"DROP TABLE later; DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


def test_role_of_the_processes_that_is_a_superuser_is_refused():
    with pytest.raises(CommandError, match="is a superuser"):
        call_command("database_roles", processes=connection.settings_dict["USER"], owner="x_owner", verbosity=0)
