import io

import pytest
from django.core.management import CommandError, call_command

from tests.audit import forgeries
from tests.plugins.truncation import unguarded
from victor.access import System
from victor.audit.actions import record
from victor.audit.models import Entry
from victor.audit.verification import NO_ENTRIES, find_faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> None:
    for number in range(1, 6):
        record("desk.opened", f"desks.desk:{number}", by=System("test"))


def forced(statement: str) -> list[str]:
    with unguarded():
        forgeries.execute(statement)
    return list(find_faults())


def test_does_not_take_an_empty_log_for_a_whole_one():
    assert list(find_faults()) == [NO_ENTRIES]


def test_command_counts_the_entries_of_a_whole_log(log):
    call_command("verify_audit", stdout=(out := io.StringIO()))
    assert "5 entries" in out.getvalue()


def test_command_fails_and_names_the_entry(log):
    forced("UPDATE audit_entry SET actor = 'x' WHERE sequence = 3")
    with pytest.raises(CommandError, match="entry 3 was altered"):
        call_command("verify_audit")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit_entry SET actor = 'x' WHERE sequence = 1", ["entry 1 was altered or slipped in"]),
        ("UPDATE audit_entry SET seal = digest WHERE sequence = 2", ["entry 2 was not written by the portal"]),
        ("DELETE FROM audit_entry WHERE sequence IN (2, 3)", ["entries 2 to 3 are missing"]),
        ("DELETE FROM audit_entry WHERE sequence = 5", ["the chain has 4 entries and should have 5"]),
        ("DELETE FROM audit_entry", ["entries 1 to 5 are missing"]),
        ("DELETE FROM audit_chain", ["the chain has 5 entries and should have 0"]),
        ("UPDATE audit_chain SET seal = digest", ["the end of the chain at entry 5 was altered"]),
        ("UPDATE audit_entry SET sequence = 0 WHERE sequence = 1", ["entry 0 was altered or slipped in"]),
    ],
)
def test_says_what_is_wrong(statement, told, log):
    assert forced(statement)[: len(told)] == told


def test_finds_a_chain_that_was_rewritten_whole_with_right_digests(log):
    with unguarded():
        forgeries.rewrite_from(1, None)
    expected = [f"entry {entry.sequence} was not written by the portal" for entry in Entry.objects.all()]
    assert list(find_faults()) == [*expected, "the end of the chain at entry 5 was altered"]


def test_no_setting_of_a_session_makes_the_database_look_away(log):
    forgeries.execute("SET LOCAL pgtrigger.ignore = '{pgtrigger_append_only_a6b88}'")
    with pytest.raises(Exception, match="audit: "):
        forgeries.execute("DELETE FROM audit_entry")
