"""A reporter asks that their report is deleted: nobody deletes what they have not read, and no one alone where there is
danger."""

from __future__ import annotations

import pytest

from desks.desk.errors import DeskMoveNotPossible, NoDeskKey, NotIndependent
from desks.inbox.actions import open_report
from desks.reports.models import Reading, Report
from desks.retention import deletion_requests
from desks.retention.actions import hold_report
from desks.retention.errors import DeletionObstructed, NeedsSecondPerson, NotRead
from desks.retention.models import DeletionProposal, DeletionRecord
from desks.retention.states import DeletionReason
from partners.memberships.states import Role
from tests.desks.retention.deletable_reports import RetentionDesk, add_message, noon, remaining_counts
from tests.people import person
from victor.audit.models import Entry
from victor.vault.errors import Unopenable

pytestmark = pytest.mark.django_db
WISH = DeletionReason.WISH


@pytest.fixture
def inbox(at) -> RetentionDesk:
    at(noon())
    return RetentionDesk()


@pytest.fixture
def report(inbox) -> Report:
    return inbox.report(closed_at=noon(), received_at=noon(-1), deletion_asked_at=noon())


@pytest.fixture
def danger(report) -> Report:
    Report.objects.update(danger=True)
    return report


def read_by(report: Report, *readers) -> None:
    for reader in readers:
        open_report(report, by=reader)


def test_reporter_who_asks_is_heard_once_a_supervisor_agrees(inbox, report, django_capture_on_commit_callbacks):
    read_by(report, inbox.chief)
    with django_capture_on_commit_callbacks(execute=True):
        deletion_requests.erase_report_on_request(report, reason=WISH, by=inbox.chief.person)
    assert set(remaining_counts().values()) == {0}
    assert DeletionRecord.objects.get().on_request
    assert DeletionRecord.objects.get().reason == WISH


def test_report_is_not_deleted_where_its_reporter_does_not_ask(inbox, report):
    read_by(report, inbox.chief)
    Report.objects.update(deletion_asked_at=None)
    with pytest.raises(DeskMoveNotPossible):
        deletion_requests.erase_report_on_request(report, reason=WISH, by=inbox.chief.person)


def test_report_that_the_supervisor_has_not_opened_is_not_deleted(inbox, report):
    read_by(report, inbox.anna)
    with pytest.raises(NotRead):
        deletion_requests.erase_report_on_request(report, reason=WISH, by=inbox.chief.person)
    assert Report.objects.exists()


def test_report_with_words_since_it_was_opened_is_not_deleted(inbox, report, at):
    read_by(report, inbox.chief)
    add_message(report, "And please hurry", at=noon(1))
    at(noon(2))
    read_by(report, inbox.anna)
    with pytest.raises(NotRead):
        deletion_requests.erase_report_on_request(report, reason=WISH, by=inbox.chief.person)


def test_reading_again_is_one_row_with_the_last_time(inbox, report, at):
    read_by(report, inbox.chief)
    at(noon(1))
    read_by(report, inbox.chief)
    assert Reading.objects.get().at == noon(1)


@pytest.mark.parametrize("why", ["law", "unread"])
def test_hold_and_unread_words_win_over_the_reporters_wish(inbox, report, why):
    read_by(report, inbox.chief)
    if why == "law":
        hold_report(report, "Because", by=inbox.chief)
    else:
        Report.objects.update(unread_since=noon())
    with pytest.raises(DeletionObstructed):
        deletion_requests.erase_report_on_request(report, reason=WISH, by=inbox.chief.person)


def test_supervisor_without_the_keys_deletes_nothing(inbox, report):
    keyless = person(Role.SUPERVISOR, inbox.organisation)
    with pytest.raises(NoDeskKey):
        deletion_requests.erase_report_on_request(report, reason=WISH, by=keyless)


@pytest.mark.parametrize("field", [{"danger": True}, {"risk": "danger"}])
def test_report_that_tells_of_danger_is_not_deleted_by_one_person(inbox, report, field):
    Report.objects.update(**field)
    read_by(report, inbox.chief)
    with pytest.raises(NeedsSecondPerson):
        deletion_requests.erase_report_on_request(report, reason=WISH, by=inbox.chief.person)


def test_second_person_who_has_read_it_deletes_what_was_proposed(inbox, danger):
    read_by(danger, inbox.chief, inbox.anna)
    deletion_requests.propose_deletion(danger, reason=DeletionReason.MISTAKE, by=inbox.chief.person)
    assert Report.objects.exists()
    deletion_requests.confirm_deletion(danger, by=inbox.anna.person)
    assert not Report.objects.exists()
    assert DeletionRecord.objects.get().reason == DeletionReason.MISTAKE


def test_whoever_proposed_does_not_confirm_and_reads_who_can(inbox, danger):
    read_by(danger, inbox.chief)
    deletion_requests.propose_deletion(danger, reason=WISH, by=inbox.chief.person)
    with pytest.raises(NotIndependent, match=inbox.anna.person.name):
        deletion_requests.confirm_deletion(danger, by=inbox.chief.person)


def test_second_person_who_has_not_read_it_does_not_confirm(inbox, danger):
    read_by(danger, inbox.chief)
    deletion_requests.propose_deletion(danger, reason=WISH, by=inbox.chief.person)
    with pytest.raises(NotRead):
        deletion_requests.confirm_deletion(danger, by=inbox.anna.person)


def test_nothing_is_confirmed_that_nobody_has_proposed(inbox, danger):
    read_by(danger, inbox.anna)
    with pytest.raises(DeskMoveNotPossible):
        deletion_requests.confirm_deletion(danger, by=inbox.anna.person)


def test_deletion_is_proposed_once(inbox, danger):
    read_by(danger, inbox.chief)
    deletion_requests.propose_deletion(danger, reason=WISH, by=inbox.chief.person)
    with pytest.raises(DeskMoveNotPossible):
        deletion_requests.propose_deletion(danger, reason=WISH, by=inbox.chief.person)


def test_proposal_that_was_changed_in_the_database_is_refused(inbox, danger):
    read_by(danger, inbox.chief, inbox.anna)
    deletion_requests.propose_deletion(danger, reason=WISH, by=inbox.chief.person)
    DeletionProposal.objects.update(proposed_by=person(Role.SUPERVISOR, inbox.organisation))
    with pytest.raises(Unopenable):
        deletion_requests.confirm_deletion(danger, by=inbox.anna.person)


def test_log_names_the_reason_by_its_code(inbox, danger):
    read_by(danger, inbox.chief)
    deletion_requests.propose_deletion(danger, reason=DeletionReason.SAFETY, by=inbox.chief.person)
    assert Entry.objects.get(action="report.deletion_proposed").details == '{"reason": "safety"}'
