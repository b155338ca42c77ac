"""Databases that others are copied from are made once, and dropped when the sources have changed."""

from __future__ import annotations

import os

import pytest
from psycopg2.extensions import cursor

from tests.plugins.database import OWN_SERVER
from tests.plugins.migrated import (
    PREPARED,
    drop_outdated,
    earlier_prepared,
    files_of,
    list_of,
    make_loaded,
    make_migrated,
    server,
)

OUTDATED = "migrated_000000000000"


def names(query: cursor) -> set[str]:
    query.execute("SELECT datname FROM pg_database")
    return {name for (name,) in query.fetchall()}


@pytest.mark.django_db
def test_database_of_other_sources_is_dropped_and_no_other():
    own = make_migrated()
    with server() as query:
        query.execute(f"CREATE DATABASE {OUTDATED} IS_TEMPLATE true")
        drop_outdated(query)
        assert OUTDATED not in names(query)
        assert own in names(query)


@pytest.mark.django_db
def test_loaded_database_is_made_with_its_files():
    name, folder = make_loaded()
    with server() as query:
        assert name in names(query)
    assert [path for path in folder.rglob("*") if path.is_file()]


def test_database_of_another_server_has_its_own_files(monkeypatch):
    monkeypatch.setenv(OWN_SERVER, "yes")
    own = files_of(OUTDATED)
    monkeypatch.delenv(OWN_SERVER)
    first = files_of(OUTDATED)
    monkeypatch.setenv("DATABASE_URL", "postgres://another.example/tests")
    assert len({own, first, files_of(OUTDATED)}) == 3


@pytest.mark.django_db
def test_prepared_database_follows_from_the_one_whose_migrations_are_all_there():
    make_migrated()
    assert earlier_prepared() == os.environ[PREPARED]


@pytest.mark.django_db
def test_prepared_database_follows_from_none_in_which_a_migration_ran_that_is_gone():
    make_migrated()
    ran = list_of(os.environ[PREPARED])
    words = ran.read_text()
    try:
        ran.write_text(f"{words}\ndesks/migrations/0000_gone.py 000000000000")
        assert earlier_prepared() == "template1"
    finally:
        ran.write_text(words)
