"""The table of open items: what opens and settles them, and how it is compared with the truth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from model_bakery import baker

from partners.help_lines.models import HelpLine
from partners.memberships.actions import invite_member
from partners.memberships.states import Role
from tests.people import organisation, person
from victor.access import System
from victor.accounts.models import Invitation
from victor.todo import triggers
from victor.todo.actions import find_differences, forget_settled, has_todays_triggers, rebuild_items
from victor.todo.models import OpenItem, SettledItem
from victor.todo.periodic import check

pytestmark = pytest.mark.django_db
US = System("test")


def line(**fields) -> HelpLine:
    return baker.make(HelpLine, country=organisation().country, last_checked=None, **fields)


def items(kind: str) -> list[OpenItem]:
    return list(OpenItem.objects.filter(kind=kind))


def test_database_has_todays_triggers():
    assert has_todays_triggers()


def test_each_declared_trigger_is_installed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'todo\\_%%' AND NOT tgisinternal", [])
        installed = {name for (name,) in cursor.fetchall()}
    assert installed == {name for name, _table, _text in triggers.statements()}


def test_row_that_opens_an_item_writes_it():
    opened = line()
    assert [item.subject for item in items("partners.line")] == [f"partners.helpline:{opened.pk}"]


def test_row_that_changes_moves_its_item():
    opened = line()
    opened.last_checked = date(2026, 1, 1)
    opened.save()
    assert [item.facts["checked"] for item in items("partners.line")] == ["2026-01-01"]


def test_row_that_is_deleted_takes_its_item_along_and_leaves_no_trace():
    line().delete()
    assert items("partners.line") == []
    assert not SettledItem.objects.exists()


def test_item_that_is_settled_is_remembered():
    offer = invite_member(email="a@b.example", language="en", organisation=organisation(), role=Role.WORKER, by=US)
    Invitation.objects.update(accepted_at=timezone.now())
    assert items("partners.invitation") == []
    assert SettledItem.objects.get().subject.startswith("accounts.invitation:"), offer


def test_what_was_settled_long_ago_is_forgotten(at):
    invite_member(email="a@b.example", language="en", organisation=organisation(), role=Role.WORKER, by=US)
    Invitation.objects.update(accepted_at=timezone.now())
    SettledItem.objects.update(settled_at=timezone.now() - timedelta(days=2))
    assert forget_settled() == 1


def test_table_that_is_right_has_no_differences():
    line()
    person(Role.COORDINATOR)
    assert find_differences() == {}


def test_item_that_is_missing_is_reported_and_written():
    line()
    OpenItem.objects.all().delete()
    assert find_differences() == {"partners.line": 1}
    assert rebuild_items() == 1
    assert find_differences() == {}


def test_item_that_is_wrong_is_reported_and_mended():
    line()
    OpenItem.objects.update(audiences=["worker"])
    assert check() == 1
    assert [item.audiences for item in items("partners.line")] == [["coordinator"]]


def test_item_of_a_kind_that_nobody_declares_is_removed():
    line()
    OpenItem.objects.update(kind="gone")
    rebuild_items()
    assert [item.kind for item in OpenItem.objects.all()] == ["partners.line"]


def test_command_says_what_differs_and_changes_nothing_when_it_only_checks(capsys):
    line()
    OpenItem.objects.all().delete()
    call_command("rebuild_todo", "--check")
    assert "partners.line: 1" in capsys.readouterr().out
    assert items("partners.line") == []


def test_command_makes_the_table_anew():
    line()
    OpenItem.objects.all().delete()
    call_command("rebuild_todo")
    assert len(items("partners.line")) == 1
