"""Every clock of deletion: nothing before its day, nothing left after it, each warning told once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible, NotIndependent
from desks.reports.models import Report
from desks.reports.states import ReportState
from desks.retention import actions as retention_actions
from desks.retention import deletion_dates, retention_rules
from desks.retention.errors import NotDue
from desks.retention.models import DeletionRecord, DeletionWarning, Hold, RetentionRule
from desks.retention.periodic import retain
from desks.retention.periods import DEFAULT_DAYS, WARNING_DAYS
from partners.memberships.states import Role
from tests.desks.retention.deletable_reports import (
    RetentionDesk,
    add_message,
    identifiers_of,
    noon,
    remaining_counts,
    tables_that_name,
)
from tests.people import organisation, person
from victor.audit.models import Entry
from victor.audit.verification import find_faults
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
OUTCOMES = [ReportState.REFERRED, ReportState.INFORMED, ReportState.UNFOUNDED, ReportState.DUPLICATE]


@pytest.fixture
def inbox(at) -> RetentionDesk:
    at(noon())
    return RetentionDesk()


def days(report: Report) -> int:
    report.refresh_from_db()
    return (report.erase_on - timezone.localdate()).days


@pytest.fixture
def swept(django_capture_on_commit_callbacks):
    """The clock, with what follows a commit."""

    def sweep() -> tuple[int, int, int]:
        with django_capture_on_commit_callbacks(execute=True):
            return retain()

    return sweep


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_report_goes_on_its_day_and_leaves_no_row_no_key_and_no_file(inbox, at, swept, outcome):
    inbox.report(outcome=outcome, closed_at=noon())
    swept()
    at(noon(DEFAULT_DAYS[outcome] - 1))
    assert swept()[0] == 0
    assert remaining_counts() == {
        "keys": 2,
        "envelopes": 1,
        "sealed": 1,
        "report": 1,
        "message": 1,
        "attachment": 1,
        "files": 1,
    }
    at(noon(DEFAULT_DAYS[outcome]))
    assert swept()[0] == 1
    assert set(remaining_counts().values()) == {0}
    at(noon(DEFAULT_DAYS[outcome] + 1))
    assert swept() == (0, 0, 0)


@pytest.mark.parametrize("missed", [1, 20, 400])
def test_report_goes_with_the_next_sweep_where_sweeps_were_missed(inbox, at, swept, missed):
    inbox.report(closed_at=noon())
    swept()
    at(noon(90 + missed))
    assert swept() == (1, 0, 0)
    assert set(remaining_counts().values()) == {0}


def test_no_table_names_a_report_that_was_deleted_but_the_log_and_the_proof(inbox, at, swept):
    report = inbox.report(closed_at=noon())
    retention_actions.lift_report_hold(
        retention_actions.hold_report(report, "Because", by=inbox.chief), by=inbox.chief.person
    )
    known = identifiers_of(report)
    swept()
    at(noon(89))
    swept()
    before = tables_that_name(known)
    at(noon(90))
    assert swept()[0] == 1
    assert tables_that_name(known) == ["audit_entry", "desks_tombstone"]
    assert len(before) == 11
    assert tables_that_name(known[1:]) == ["audit_entry"]


def test_days_count_from_the_last_words_of_either_side(inbox, at):
    report = inbox.report(closed_at=noon())
    assert deletion_dates.schedule_deletion(report) == noon(90).date()
    add_message(report, "Continuing", at=noon(10))
    assert deletion_dates.schedule_deletion(report) == noon(100).date()


def test_rule_of_the_desks_country_goes_before_the_rule_for_everywhere(inbox):
    report = inbox.report(closed_at=noon())
    approved(inbox, days=120)
    assert deletion_dates.schedule_deletion(report) == noon(120).date()
    approved(inbox, days=200, country=inbox.desk.country)
    approved(inbox, days=300)
    assert deletion_dates.schedule_deletion(report) == noon(200).date()


def test_shorter_rule_gives_thirty_days_notice(inbox, at, swept):
    report = inbox.report(closed_at=noon())
    swept()
    at(noon(50))
    approved(inbox, days=40)
    swept()
    assert days(report) == 30
    at(noon(79))
    assert swept()[0] == 0
    at(noon(80))
    assert swept()[0] == 1


def test_rule_changes_nothing_before_its_day(inbox, at):
    report = inbox.report(closed_at=noon())
    approved(inbox, days=300, starts=noon(5).date())
    assert deletion_dates.schedule_deletion(report) == noon(90).date()
    at(noon(5))
    assert deletion_dates.schedule_deletion(report) == noon(300).date()


@pytest.mark.parametrize(
    ("why", "length"), [({"unread_since": noon()}, 90), ({"state": ReportState.TRIAGED, "outcome": ""}, 365)]
)
def test_unread_or_unfinished_report_is_put_off_by_thirty_days(inbox, at, swept, why, length):
    report = inbox.report(received_at=noon(), **why)
    swept()
    at(noon(length))
    assert swept() == (0, 1, 1)
    assert days(report) == 30
    at(noon(length + 29))
    assert swept() == (0, 0, 1)
    at(noon(length + 30))
    assert swept() == (0, 1, 1)
    assert Entry.objects.filter(action="report.kept").count() == 2
    assert remaining_counts()["envelopes"] == 1


def test_held_report_has_no_day_and_gets_thirty_days_when_the_hold_is_lifted(inbox, at, swept):
    report = inbox.report(closed_at=noon())
    hold = retention_actions.hold_report(report, "The court of Athens asks", by=inbox.chief)
    at(noon(500))
    assert swept() == (0, 0, 0)
    report.refresh_from_db()
    assert report.hold
    assert report.erase_on is None
    retention_actions.lift_report_hold(hold, by=inbox.chief.person)
    assert days(report) == 30
    at(noon(529))
    assert swept()[0] == 0
    at(noon(530))
    assert swept()[0] == 1
    assert Hold.objects.count() == 0


def test_second_hold_keeps_when_the_first_is_lifted(inbox):
    report = inbox.report(closed_at=noon())
    first, _second = (retention_actions.hold_report(report, "Because", by=inbox.chief) for _ in range(2))
    retention_actions.lift_report_hold(first, by=inbox.chief.person)
    report.refresh_from_db()
    assert report.hold
    assert report.erase_on is None
    with pytest.raises(DeskMoveNotPossible):
        retention_actions.lift_report_hold(first, by=inbox.chief.person)


def test_each_warning_is_told_once_a_person(inbox, at, swept):
    inbox.report(closed_at=noon())
    inbox.report(closed_at=noon())
    days_of_mails = []
    for day in range(91):
        at(noon(day))
        before = Mail.objects.count()
        swept()
        swept()
        days_of_mails += [day] * (Mail.objects.count() - before)
    assert days_of_mails == [60, 60, 83, 83, 89, 89]  # one mail a day to each of two
    assert "R0" not in "".join(Mail.objects.values_list("text", flat=True))


@pytest.mark.parametrize(("missed_until", "expected"), [(70, [70, 83, 89]), (85, [85, 89]), (89, [89])])
def test_missed_warnings_are_told_at_once_and_once(inbox, at, swept, missed_until, expected):
    report = inbox.report(closed_at=noon())
    swept()
    days_of_warnings = []
    for day in range(missed_until, 90):
        at(noon(day))
        days_of_warnings += [day] * swept()[2]
    assert days_of_warnings == expected
    assert sorted(DeletionWarning.objects.filter(report=report).values_list("step", flat=True)) == sorted(WARNING_DAYS)


def test_report_is_not_deleted_before_its_day_by_anybody(inbox):
    report = inbox.report(closed_at=noon())
    with pytest.raises(NotDue):
        retention_actions.erase_report(report, by=inbox.chief.person)


def test_proof_tells_how_much_and_nothing_of_anybody(inbox, at, swept):
    report = inbox.report(closed_at=noon())
    duplicate = inbox.report(closed_at=noon(50), duplicate_of=report, outcome=ReportState.DUPLICATE)
    swept()
    at(noon(90))
    swept()
    stone = DeletionRecord.objects.get()
    assert stone.reference == report.reference
    assert stone.outcome == "unfounded"
    assert stone.envelopes == 1
    assert stone.files == 1
    assert stone.received.isoformat() == "2027-01-01"
    assert stone.due == noon(90).date()
    assert stone.rule is None
    entry = Entry.objects.get(action="report.erased")
    assert entry.details == f'{{"envelopes": 1, "files": 1, "proof": {stone.pk}}}'
    duplicate.refresh_from_db()
    assert duplicate.duplicate_of is None
    assert list(find_faults()) == []


def test_rule_needs_two_coordinators(inbox):
    one, two = (person(Role.COORDINATOR, organisation("coordinator"), factor=False) for _ in range(2))
    given = {"country": None, "outcome": "unfounded", "days": 60, "starts": noon().date()}
    rule = retention_rules.propose_rule(**given, by=one)
    with pytest.raises(NotIndependent):
        retention_rules.approve_rule(rule, by=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionRule.objects.update(approved_by=one, approved_at=noon())
    assert retention_rules.approve_rule(rule, by=two).approved_by == two
    with pytest.raises(DeskMoveNotPossible):
        retention_rules.withdraw_rule(rule, by=one)


def test_proposal_alone_changes_nothing(inbox):
    report = inbox.report(closed_at=noon())
    one = person(Role.COORDINATOR, organisation("coordinator"), factor=False)
    retention_rules.propose_rule(country=None, outcome="unfounded", days=60, starts=noon().date(), by=one)
    assert deletion_dates.schedule_deletion(report) == noon(90).date()


def approved(inbox: RetentionDesk, *, days: int, country=None, starts=None) -> RetentionRule:
    one, two = (person(Role.COORDINATOR, organisation("coordinator"), factor=False) for _ in range(2))
    given = {"country": country, "outcome": "unfounded", "days": days, "starts": starts or timezone.localdate()}
    return retention_rules.approve_rule(retention_rules.propose_rule(**given, by=one), by=two)
