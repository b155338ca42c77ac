"""The first page of a supervisor: whose reports are overdue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desks.inbox.todo import overdue_strip
from desks.reports.models import Report
from tests.desks.inbox.inbox_desks import InboxDesk
from tests.people import browser_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
LATE = NOW - timedelta(hours=30)
HOME = "/en/workspace/"


@pytest.fixture
def inbox(at) -> InboxDesk:
    """A desk with two overdue reports of Anna's, one of nobody, and one that is in time."""
    at(NOW)
    inbox = InboxDesk()
    for _number in range(2):
        report = inbox.report(received_at=LATE)
        Report.objects.filter(pk=report.pk).update(assignee=inbox.anna.person)
    inbox.report(received_at=LATE)
    inbox.report(received_at=NOW)
    return inbox


def now_of(who) -> str:
    """What stands under "Now" on the first page."""
    shown = browser_of(who.person).get(HOME).content.decode()
    return shown.partition("<h2>Now</h2>")[2].partition("Waits for me")[0]


def test_supervisor_reads_at_once_whose_reports_are_overdue(inbox):
    strip = overdue_strip(inbox.chief.person)
    anna = inbox.anna.person.name
    assert [(figure.label, figure.value) for figure in strip.figures] == [(anna, 2), ("not assigned", 1)]
    assert "Overdue by person" in now_of(inbox.chief)


def test_what_nobody_has_taken_is_one_press_away(inbox):
    figure = overdue_strip(inbox.chief.person).figures[1]
    rows = browser_of(inbox.chief.person).get(figure.url).context["rows"]
    assert {row.report.assignee for row in rows} == {None}


def test_worker_does_not_read_how_late_colleagues_are(inbox):
    assert "Overdue by person" not in now_of(inbox.ben)


def test_nothing_is_said_of_persons_while_nothing_is_overdue(at):
    at(NOW)
    inbox = InboxDesk()
    inbox.report(received_at=NOW)
    assert overdue_strip(inbox.chief.person) is None


def test_overdue_reports_by_person_take_one_query(inbox):
    with CaptureQueriesContext(connection) as queries:
        overdue_strip(inbox.chief.person)
    assert len(queries) <= 2  # the memberships of the person, and the reports
