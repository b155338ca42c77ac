"""The deadlines of a report: which are open, until when, and that the database computes the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from desks.reports import periodic as reports_periodic
from desks.reports.deadlines import open_deadlines
from desks.reports.models import Escalation, Report
from desks.reports.states import Channel, Deadline, EscalationLevel, ReportState
from partners.memberships.states import Role
from tests.people import person
from victor.audit.models import Entry
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def words(report: Report, now: datetime) -> list[str]:
    return [deadline.text(now) for deadline in open_deadlines(report)]


def escalations() -> list[tuple[str, str]]:
    return list(Escalation.objects.values_list("deadline", "level"))


def test_new_report_has_a_day_for_triage_and_three_for_the_answer(inbox):
    report = inbox.report(received_at=NOON)
    assert words(report, NOON + timedelta(hours=21)) == ["Triage due in 3 h", "Reply due in 2 days"]


def test_danger_has_minutes(inbox):
    report = inbox.report(received_at=NOON, danger=True)
    late = words(report, NOON + timedelta(minutes=74))
    assert late[:2] == ["Not read in time: overdue by 59 min", "Triage overdue by 14 min"]


def test_clock_stops_when_the_work_is_done(inbox):
    done = {"read_at": NOON, "triaged_at": NOON, "answered_at": NOON, "state": ReportState.TRIAGED}
    assert words(inbox.report(received_at=NOON, danger=True, **done), NOON + 9 * DAY) == []


def test_report_with_an_outcome_or_from_the_counter_waits_for_no_answer(inbox):
    informed = inbox.report(received_at=NOON, state=ReportState.INFORMED)
    visit = inbox.report(received_at=NOON, triaged_at=NOON, channel=Channel.VISIT, state=ReportState.TRIAGED)
    assert words(informed, NOON) == []
    assert words(visit, NOON) == []


def test_new_words_of_the_reporter_wait_even_when_all_is_closed(inbox):
    report = inbox.report(received_at=NOON, state=ReportState.CLOSED, unread_since=NOON + DAY)
    assert words(report, NOON + DAY) == ["New message: must be read in 24 h"]


def test_database_and_code_agree_on_when_the_first_clock_is_due(inbox, figure):
    choices = [[True, False], [None, NOON], [None, NOON], [None, NOON], [None, NOON + DAY], ReportState, Channel]
    names = ["danger", "read_at", "triaged_at", "answered_at", "unread_since", "state", "channel"]
    report, tried = inbox.report(received_at=NOON), 0
    for values in product(*choices):
        Report.objects.filter(pk=report.pk).update(**dict(zip(names, values, strict=True)))
        report = Report.objects.select_related("desk").get(pk=report.pk)
        deadlines = open_deadlines(report)
        assert report.due_at == next((deadline.due for deadline in deadlines), None), values
        assert report.urgent == (report.danger and Deadline.TRIAGE in [deadline.deadline for deadline in deadlines])
        tried += 1
    figure("clocks: combinations in which database and code agree", tried)


def test_changed_promise_of_a_desk_holds_for_what_is_under_way(inbox):
    report = inbox.report(received_at=NOON)
    inbox.desk.triage_hours = 2
    inbox.desk.save()
    report.refresh_from_db()
    assert report.due_at == NOON + timedelta(hours=2)


def test_danger_alerts_the_desk_at_once_and_the_next_levels_by_the_clock(inbox, at):
    person(Role.COORDINATOR, email="coordinator@partner.example")
    inbox.report(received_at=NOON, danger=True)
    for minutes, level in (
        (0, EscalationLevel.DESK),
        (15, EscalationLevel.SUPERVISORS),
        (30, EscalationLevel.COORDINATORS),
    ):
        at(NOON + timedelta(minutes=minutes) - SECOND)
        before = escalations()
        assert reports_periodic.watch() == 0
        at(NOON + timedelta(minutes=minutes))
        assert reports_periodic.watch() == 1
        assert reports_periodic.watch() == 0
        assert escalations() == [*before, (Deadline.READ, level)]
    assert Mail.objects.filter(recipient="coordinator@partner.example").count() == 1


@pytest.mark.parametrize(
    ("fields", "clock", "span"),
    [
        ({"danger": True, "read_at": NOON}, Deadline.TRIAGE, timedelta(minutes=60)),
        ({}, Deadline.TRIAGE, timedelta(hours=24)),
        ({"triaged_at": NOON, "state": ReportState.TRIAGED}, Deadline.ANSWER, timedelta(hours=72)),
        ({"state": ReportState.CLOSED, "unread_since": NOON}, Deadline.WORDS, timedelta(hours=24)),
    ],
)
@pytest.mark.parametrize("early", [DAY, SECOND])
def test_breach_is_told_to_the_supervisors_once_and_not_before(inbox, at, fields, clock, span, early):
    inbox.report(received_at=NOON, **fields)
    at(NOON + span - early)
    assert reports_periodic.watch() == 0
    assert escalations() == []
    at(NOON + span)
    reports_periodic.watch()
    at(NOON + span + SECOND)
    reports_periodic.watch()
    assert escalations() == [(clock, EscalationLevel.SUPERVISORS)]
    assert list(Mail.objects.values_list("recipient", flat=True)) == [inbox.chief.person.email]


def test_missed_ticks_are_caught_up_with_one_mail_to_each(inbox, at):
    for _ in range(3):
        inbox.report(received_at=NOON)
    at(NOON + 9 * DAY)
    assert reports_periodic.watch() == 6
    assert reports_periodic.watch() == 0
    assert Mail.objects.count() == 1


def test_new_words_that_are_read_and_come_again_are_told_again(inbox, at):
    report = inbox.report(received_at=NOON, state=ReportState.CLOSED, unread_since=NOON)
    for days in (1, 5):
        Report.objects.filter(pk=report.pk).update(unread_since=NOON + (days - 1) * DAY)
        at(NOON + days * DAY)
        assert reports_periodic.watch() == 1


def test_notice_says_that_something_waits_and_nothing_else(inbox, at):
    report = inbox.report(received_at=NOON, danger=True)
    at(NOON)
    reports_periodic.watch()
    assert Mail.objects.count() == 3
    for mail in Mail.objects.all():
        assert mail.subject == "You have a task in VICTOR"
        lines = [line for line in mail.text.split("-- ")[0].splitlines() if line]
        assert lines == [
            "There is something to do at the desk. Please log in:",
            "http://testserver/en/workspace/",
        ]
        assert report.reference not in f"{mail.text}{mail.html}"


def test_what_arrives_is_acknowledged_by_the_clock(inbox, at):
    report = inbox.report(received_at=NOON, state=ReportState.RECEIVED)
    at(NOON + timedelta(seconds=30))
    reports_periodic.watch()
    report.refresh_from_db()
    assert report.state == ReportState.ACKNOWLEDGED
    assert report.acknowledged_at == NOON + timedelta(seconds=30)
    assert Entry.objects.latest("sequence").action == "report.acknowledged"
