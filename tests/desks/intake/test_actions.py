"""A report arrives once, whole, at the right desk, and is read by nobody but its people and whoever has the receipt."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from desks.inbox import actions as inbox_actions
from desks.intake import actions as intake_actions
from desks.intake.actions import receive_report
from desks.intake.answer_notices import set_notice
from desks.intake.attachments import attach_files
from desks.intake.conversation import open_with_receipt
from desks.reports.models import Message, Report
from desks.reports.states import ReportState, Risk, Voice
from partners.memberships.states import Role
from tests.desks.staffed_desks import StaffedDesk, copy_of_receipt_keys, staffed_desk
from tests.people import person
from tests.vault.people import own
from victor.access import ReceiptHolder, Reporter
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.mail.models import Message as Mail
from victor.vault.errors import NoGrant
from victor.vault.records import actions as records_actions
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
REPORTER = Reporter()
ANSWERS = {"story": "A girl of about nine begs", "danger": False}


def receive(intake: StaffedDesk, answers: dict = ANSWERS, number: int = 7, **given) -> tuple[Report, bool]:
    given = {"country": intake.desk.country, "language": "el", "danger": False, "by": REPORTER} | given
    return receive_report(intake.desk, answers, receipt=copy_of_receipt_keys(number), **given)


def test_report_is_acknowledged_at_once_and_read_by_the_desk():
    intake = staffed_desk()
    report, is_new = receive(intake)
    assert is_new
    assert report.state == ReportState.ACKNOWLEDGED
    assert report.acknowledged_at == report.received_at
    message = report.messages.get()
    assert message.voice == Voice.REPORTER
    assert message.author is None
    assert message.envelope.purpose == "report"
    assert records_actions.read_envelope(own(message.envelope), by=intake.supervisor) == ANSWERS
    with pytest.raises(NoGrant):
        records_actions.read_envelope(own(message.envelope), by=staffed_desk("other").worker)


def test_nothing_that_is_kept_beside_the_vault_holds_the_words():
    report, _ = receive(staffed_desk())
    rows = [*Report.objects.values(), *Message.objects.values(), *Entry.objects.values(), *Mail.objects.values()]
    assert "girl" not in f"{rows}{report!r}"
    assert {entry.action for entry in Entry.objects.all()} >= {"report.received", "vault.written"}


def test_same_receipt_is_received_once():
    intake = staffed_desk()
    first, _ = receive(intake)
    again, is_new = receive(intake)
    assert again == first
    assert not is_new
    assert Report.objects.count() == 1
    assert Message.objects.count() == 1


def test_words_changed_between_two_presses_are_added():
    intake = staffed_desk()
    report, _ = receive(intake)
    receive(intake, ANSWERS | {"story": "Two girls", "danger": True})
    stories = [
        records_actions.read_envelope(own(each.envelope), by=intake.worker)["story"] for each in report.messages.all()
    ]
    assert stories == ["A girl of about nine begs", "Two girls"]
    report.refresh_from_db()
    assert report.danger
    assert Mail.objects.count() == 2


def test_danger_alerts_everybody_of_the_desk_without_content():
    intake = staffed_desk()
    receive(intake, danger=True)
    mails = Mail.objects.order_by("recipient")
    assert [each.recipient for each in mails] == sorted(
        each.person.email for each in (intake.worker, intake.supervisor)
    )
    assert {each.subject for each in mails} == {"You have a task in VICTOR"}
    assert not any(word in each.text for each in mails for word in ("girl", "GR-", "report"))


def test_danger_alerts_each_person_in_their_language_whatever_the_page_of_the_reporter_was_in():
    intake = staffed_desk()
    User.objects.filter(pk=intake.worker.person.pk).update(language="el")
    with override("uk"):
        receive(intake, danger=True)
    languages = dict(Mail.objects.values_list("recipient", "language"))
    assert languages == {intake.worker.person.email: "el", intake.supervisor.person.email: "en"}


def test_report_without_danger_alerts_nobody():
    receive(staffed_desk())
    assert Mail.objects.count() == 0


def test_colleague_receives_on_behalf_and_a_stranger_does_not():
    intake = staffed_desk()
    report, _ = receive(intake, by=intake.worker.person)
    assert report.messages.get().author == intake.worker.person
    with pytest.raises(PermissionDenied):
        receive(intake, number=8, by=person(Role.WORKER))


def test_report_that_cannot_be_sealed_leaves_nothing():
    intake = staffed_desk()
    with pytest.raises(TypeError):
        receive(intake, ANSWERS | {"place": object()})  # which no JSON holds: it fails after the record is made
    assert Report.objects.count() == 0
    assert Envelope.objects.count() == 0


def test_visitor_sends_nothing_to_a_desk_that_takes_no_reports():
    with pytest.raises(PermissionDenied):
        receive(staffed_desk(takes_reports=False))
    assert Report.objects.count() == 0


def test_holder_of_another_receipt_does_nothing_with_a_report():
    intake = staffed_desk()
    mine, theirs = receive(intake)[0], receive(intake, number=8)[0]
    with pytest.raises(PermissionDenied):
        set_notice(theirs, "me@mail.example", language="el", by=ReceiptHolder(mine))
    with pytest.raises(PermissionDenied):
        attach_files(theirs, [], by=ReceiptHolder(mine))


def test_receipt_opens_what_was_received():
    report, _ = receive(staffed_desk(), number=99)
    with open_with_receipt(99) as session:
        assert session.report == report


def test_test_report_that_is_answered_in_time_counts_for_the_desk():
    intake = staffed_desk()
    report = intake_actions.send_test_report(intake.desk, by=intake.supervisor.person)
    inbox_actions.open_report(report, by=intake.worker)
    inbox_actions.triage_report(report, risk=Risk.LOW, reason="", by=intake.worker.person)
    assert intake.desk.rehearsals.count() == 0
    inbox_actions.answer_reporter(report, "We are here.", language="en", by=intake.worker)
    assert intake.desk.rehearsals.count() == 1
    assert report.is_test
    assert report.receipt_digest is None


def test_test_report_that_is_answered_too_late_does_not_count(at):
    at(datetime(2026, 11, 1, 12, tzinfo=UTC))
    intake = staffed_desk()
    report = intake_actions.send_test_report(intake.desk, by=intake.supervisor.person)
    at(datetime(2026, 11, 5, 12, tzinfo=UTC))
    inbox_actions.triage_report(report, risk=Risk.LOW, reason="", by=intake.worker.person)
    inbox_actions.answer_reporter(report, "We are here.", language="en", by=intake.worker)
    assert intake.desk.rehearsals.count() == 0


def test_worker_sends_no_test_report():
    intake = staffed_desk()
    with pytest.raises(PermissionDenied):
        intake_actions.send_test_report(intake.desk, by=intake.worker.person)
