"""A database of before the code was rebuilt around its subjects works on: no row, no key and no link is lost.

`tests/data` holds the dump, made at 7b6ea16 by the script beside it. It is restored and migrated once for all tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests import installation, processes
from tests.plugins.migrated import server, url_of

pytestmark = [pytest.mark.long, pytest.mark.prove]

# Rows that a migration itself writes, or that Django keeps about the code.
OF_THE_CODE = {"django_migrations", "django_content_type", "auth_permission", "pgtrigger_manifest"}
MOVED = {"desks_handover": "desks_referral"}  # tables whose rows stand in another one now
# Hand-overs in each state of before, besides those of the dump, and what became of them: the state, why it ended.
HAND_OVERS = {
    11: ("agreed", "GR-DNEH2K", "sent", ""),
    12: ("declined", "GR-FSZWNW", "withdrawn", "consent_withdrawn"),
    13: ("accepted", "GR-KRRZKB", "accepted", ""),
    14: ("refused", "GR-FSZWNW", "declined", ""),
    15: ("withdrawn", "GR-FSZWNW", "withdrawn", "no_need"),
    16: ("refused", "GR-MKRVZ9", "declined", ""),
}
FORGED = 16
ADD_HAND_OVER = """
INSERT INTO desks_handover (id, state, asked_at, moved_at, asked_by_id, report_id, source_id, target_id)
SELECT %s, %s, now(), now(), 1, id, 1, 3 FROM desks_report WHERE reference = %s"""
FORGE = "UPDATE desks_handover SET stamp = repeat('x', 64) WHERE id = %s"


def counts(url: str) -> dict[str, int]:
    """How many rows each table has."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in OF_THE_CODE]
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            rows[table] = cursor.fetchone()[0]
    return rows


class Restored:
    """The installation in a database of its own, before and after it was migrated."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        installation.restore(url)
        installation.restore_files(folder)
        for number, (state, reference, _now, _why) in HAND_OVERS.items():
            self._execute(ADD_HAND_OVER, number, state, reference)
        self.environment = os.environ | installation.environment(folder) | {"DATABASE_URL": url}
        self.before = counts(url)
        for target in (("pages",), ("desks", "0032")):  # as far as hand-overs have stamps, and are no referrals yet
            self._run("manage.py", "migrate", *target, "--verbosity", "0")
        self._execute(FORGE, FORGED)
        self._run("manage.py", "migrate", "--verbosity", "0")
        self.after = counts(url)
        self.findings: dict[str, Any] = json.loads(self._run("-m", "tests.life_after").splitlines()[-1])

    def _execute(self, statement: str, *values: object) -> None:
        with closing(psycopg2.connect(self.url)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement, values)

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=processes.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restored]:
    """Restored and migrated once."""
    name = f"before_{os.getpid()}"
    with server() as query:
        query.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield Restored(url_of(name), tmp_path_factory.mktemp("before"))
        query.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_no_row_is_lost(restored):
    stands = {table: restored.after.get(MOVED.get(table, table), 0) for table in restored.before}
    lost = {table: count for table, count in restored.before.items() if stands[table] < count}
    assert lost == {}


def test_passphrase_of_before_opens_a_report(restored):
    story = installation.secrets()["receipts"]["whole"]["story"]
    assert story in restored.findings["passphrase_opens_report"]


def test_receipt_of_before_opens_its_report(restored):
    reference = installation.secrets()["receipts"]["whole"]["reference"]
    assert restored.findings["receipt_opens_report"] == reference
    assert restored.findings["words_of_receipt_are_read"]


def test_log_of_before_is_whole_and_goes_on(restored):
    assert restored.findings["faults_of_the_log"] == []


def test_kinds_of_before_have_their_models(restored):
    assert restored.findings["content_types_without_model"] == []
    assert restored.findings["models_without_content_type"] == []


def test_history_of_before_leads_to_its_things(restored):
    assert restored.findings["histories_that_lead_nowhere"] == []


def test_link_and_password_of_before_still_open(restored):
    assert restored.findings["signed_link_opens"] == 200
    assert restored.findings["password_is_known"]


def test_nobody_is_logged_out(restored):
    assert restored.findings["people_who_stay_logged_in"] == ["worker@demo.victor.example"]


def test_hand_overs_of_before_are_referrals(restored):
    """Those that stood in the dump, too: one was asked for, one was done."""
    states = {name: [state, why] for name, _was, state, why in _of_before()}
    assert {name: row[:2] for name, row in restored.findings["hand_overs_of_before"].items()} == states


def test_hand_overs_of_before_have_a_stamp_of_ours_unless_they_were_forged(restored):
    forged = f"desks.handover:{FORGED}"
    findings = restored.findings["hand_overs_of_before"]
    assert [name for name, (_state, _why, is_ours) in findings.items() if not is_ours] == [forged]


def _of_before() -> Iterator[tuple[str, str, str, str]]:
    yield "desks.handover:1", "asked", "ready", ""
    yield "desks.handover:2", "done", "transferred", ""
    for number, (was, _reference, state, why) in HAND_OVERS.items():
        yield f"desks.handover:{number}", was, state, why
