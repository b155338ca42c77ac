"""The first page: one frame for every role, fed by one table, whatever an app declares."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.memberships.states import Role
from tests.people import organisation, person
from victor.todo.declarations import KINDS, Kind, Line
from victor.todo.models import OpenItem
from victor.todo.presenters import MAX_LINES, worklist_of

pytestmark = pytest.mark.django_db


def declare(monkeypatch, name: str, **options) -> None:
    kind = Kind(
        name=name,
        table="partners_helpline",
        describe=lambda item, number: Line(f"{name} {number}", "", "/"),
        audiences="ARRAY['coordinator']",
        since="now()",
        **options,
    )
    monkeypatch.setitem(KINDS, name, kind)


def open_item(kind: str, number: int, **fields) -> OpenItem:
    now = timezone.now()
    about = {"source": str(number), "object": f"{kind}:{number}", "subject": f"{kind}:{number}"}
    given = {"topic": f"{kind}:{number}", "audiences": ["coordinator"], "since": now, "opens_at": now} | fields
    return OpenItem.objects.create(kind=kind, **about, **given)


def queries_of(user) -> int:
    with CaptureQueriesContext(connection) as queries:
        worklist_of(user)
    return len(queries)


def test_further_kinds_of_items_add_no_query(monkeypatch, figure):
    user = person(Role.COORDINATOR)
    declare(monkeypatch, "first")
    open_item("first", 1)
    before = queries_of(person(Role.COORDINATOR))
    for number in range(20):
        declare(monkeypatch, f"kind{number}")
        open_item(f"kind{number}", number)
    after = queries_of(user)
    figure("queries of the list of tasks with 1 and with 21 kinds", f"{before}, {after}")
    assert after == before


def test_what_is_urgent_or_overdue_is_pressing_and_the_rest_waits(monkeypatch):
    declare(monkeypatch, "kind")
    past = timezone.now() - timedelta(hours=1)
    open_item("kind", 1, urgent=True)
    open_item("kind", 2, due_at=past)
    open_item("kind", 3)
    work = worklist_of(person(Role.COORDINATOR))
    assert len(work.pressing) == 2
    assert len(work.waiting) == 1


def test_oldest_waits_first_and_the_rest_is_counted(monkeypatch):
    declare(monkeypatch, "kind")
    for number in range(MAX_LINES + 3):
        open_item("kind", number, since=timezone.now() - timedelta(days=number))
    work = worklist_of(person(Role.COORDINATOR))
    assert len(work.waiting) == MAX_LINES
    assert work.more == 3


def test_items_of_one_topic_are_one_line(monkeypatch):
    declare(monkeypatch, "kind")
    for number in range(3):
        open_item("kind", number, topic="same")
    assert [line.title for line in worklist_of(person(Role.COORDINATOR)).waiting] == ["kind 3"]


def test_item_that_opens_later_comes_next_and_does_not_wait(monkeypatch):
    declare(monkeypatch, "kind", is_announced=True)
    open_item("kind", 1, opens_at=timezone.now() + timedelta(days=1))
    work = worklist_of(person(Role.COORDINATOR))
    assert work.waiting == []
    assert [line.title for line in work.ahead] == ["kind 1"]


def test_item_whose_line_says_no_day_does_not_come_next(monkeypatch):
    declare(monkeypatch, "kind")
    open_item("kind", 1, opens_at=timezone.now() + timedelta(days=1))
    assert worklist_of(person(Role.COORDINATOR)).ahead == []


def test_item_that_is_closed_is_not_shown(monkeypatch):
    declare(monkeypatch, "kind")
    open_item("kind", 1, closes_at=timezone.now() - timedelta(minutes=1))
    assert worklist_of(person(Role.COORDINATOR)).waiting == []


def test_item_is_not_shown_to_whom_it_bars_or_to_others(monkeypatch):
    declare(monkeypatch, "kind")
    barred = person(Role.COORDINATOR)
    open_item("kind", 1, barred=barred.pk)
    shown = [bool(worklist_of(user).waiting) for user in (barred, person(Role.COORDINATOR), person(Role.WORKER))]
    assert shown == [False, True, False]


def test_item_that_the_person_cannot_settle_is_not_shown(monkeypatch):
    declare(monkeypatch, "kind", keep_for=lambda user, items: [])
    open_item("kind", 1)
    assert worklist_of(person(Role.COORDINATOR)).waiting == []


def test_item_of_another_organisation_is_not_shown(monkeypatch):
    declare(monkeypatch, "kind")
    smile, other = organisation("smile"), organisation("other")
    open_item("kind", 1, audiences=[f"worker:{smile.pk}"])
    assert [bool(worklist_of(person(Role.WORKER, at)).waiting) for at in (smile, other)] == [True, False]
