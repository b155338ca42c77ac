"""A report arrives once, whole, at the right desk, and is read by nobody but its people and whoever has the receipt."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from desks.inbox import actions as inbox_actions
from desks.intake import actions as intake_actions
from desks.intake.actions import receive_report
from desks.intake.answer_notices import set_notice
from desks.intake.attachments import attach_files
from desks.intake.conversation import open_with_receipt
from desks.reports.models import Message, Report
from desks.reports.states import ReportState, Risk, Voice
from partners.memberships.states import Role
from tests.desks.staffed_desks import Place, fresh, place
from tests.people import person
from victor.access import ReceiptHolder, Reporter
from victor.audit.models import Entry
from victor.mail.models import Message as Mail
from victor.vault.errors import NoGrant
from victor.vault.records import actions as records_actions
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
REPORTER = Reporter()
TOLD = {"story": "A girl of about nine begs", "danger": False}


def receive(where: Place, told: dict = TOLD, number: int = 7, **given) -> tuple[Report, bool]:
    given = {"country": where.desk.country, "language": "el", "danger": False, "by": REPORTER} | given
    return receive_report(where.desk, told, receipt=fresh(number), **given)


def test_report_is_acknowledged_at_once_and_read_by_the_desk():
    where = place()
    report, is_new = receive(where)
    assert (is_new, report.state, report.acknowledged_at) == (True, ReportState.ACKNOWLEDGED, report.received_at)
    message = report.messages.get()
    assert (message.voice, message.author, message.envelope.purpose) == (Voice.REPORTER, None, "report")
    assert records_actions.read_envelope(message.envelope, by=where.supervisor) == TOLD
    with pytest.raises(NoGrant):
        records_actions.read_envelope(message.envelope, by=place("other").worker)


def test_nothing_that_is_kept_beside_the_vault_holds_the_words():
    report, _ = receive(place())
    rows = [*Report.objects.values(), *Message.objects.values(), *Entry.objects.values(), *Mail.objects.values()]
    assert "girl" not in f"{rows}{report!r}"
    assert {entry.action for entry in Entry.objects.all()} >= {"report.received", "vault.written"}


def test_same_receipt_is_received_once():
    where = place()
    first, _ = receive(where)
    again, is_new = receive(where)
    assert (again, is_new, Report.objects.count(), Message.objects.count()) == (first, False, 1, 1)


def test_words_changed_between_two_presses_are_added():
    where = place()
    report, _ = receive(where)
    receive(where, TOLD | {"story": "Two girls", "danger": True})
    stories = [records_actions.read_envelope(each.envelope, by=where.worker)["story"] for each in report.messages.all()]
    assert stories == ["A girl of about nine begs", "Two girls"]
    report.refresh_from_db()
    assert (report.danger, Mail.objects.count()) == (True, 2)


def test_danger_alerts_everybody_of_the_desk_without_content():
    where = place()
    receive(where, danger=True)
    mails = Mail.objects.order_by("recipient")
    assert [each.recipient for each in mails] == sorted(each.person.email for each in (where.worker, where.supervisor))
    assert {each.subject for each in mails} == {"You have a task in VICTOR"}
    assert not any(word in each.text for each in mails for word in ("girl", "GR-", "report"))


def test_report_without_danger_alerts_nobody():
    receive(place())
    assert Mail.objects.count() == 0


def test_colleague_receives_on_behalf_and_a_stranger_does_not():
    where = place()
    report, _ = receive(where, by=where.worker.person)
    assert report.messages.get().author == where.worker.person
    with pytest.raises(PermissionDenied):
        receive(where, number=8, by=person(Role.WORKER))


def test_report_that_cannot_be_sealed_leaves_nothing():
    where = place()
    with pytest.raises(TypeError):
        receive(where, TOLD | {"place": object()})  # which no JSON holds: it fails after the record is made
    assert Report.objects.count() == 0
    assert Envelope.objects.count() == 0


def test_visitor_sends_nothing_to_a_desk_that_takes_no_reports():
    with pytest.raises(PermissionDenied):
        receive(place(takes_reports=False))
    assert Report.objects.count() == 0


def test_holder_of_another_receipt_does_nothing_with_a_report():
    where = place()
    mine, theirs = receive(where)[0], receive(where, number=8)[0]
    with pytest.raises(PermissionDenied):
        set_notice(theirs, "me@mail.example", language="el", by=ReceiptHolder(mine))
    with pytest.raises(PermissionDenied):
        attach_files(theirs, [], by=ReceiptHolder(mine))


def test_receipt_opens_what_was_received():
    report, _ = receive(place(), number=99)
    with open_with_receipt(99) as held:
        assert held.report == report


def test_test_report_that_is_answered_in_time_counts_for_the_desk():
    where = place()
    report = intake_actions.send_test_report(where.desk, by=where.supervisor.person)
    inbox_actions.open_report(report, by=where.worker)
    inbox_actions.triage_report(report, risk=Risk.LOW, reason="", by=where.worker.person)
    assert where.desk.rehearsals.count() == 0
    inbox_actions.answer_reporter(report, "We are here.", language="en", by=where.worker)
    assert where.desk.rehearsals.count() == 1
    assert (report.is_test, report.receipt_digest) == (True, None)


def test_test_report_that_is_answered_too_late_does_not_count(at):
    at(datetime(2026, 11, 1, 12, tzinfo=UTC))
    where = place()
    report = intake_actions.send_test_report(where.desk, by=where.supervisor.person)
    at(datetime(2026, 11, 5, 12, tzinfo=UTC))
    inbox_actions.triage_report(report, risk=Risk.LOW, reason="", by=where.worker.person)
    inbox_actions.answer_reporter(report, "We are here.", language="en", by=where.worker)
    assert where.desk.rehearsals.count() == 0


def test_worker_sends_no_test_report():
    where = place()
    with pytest.raises(PermissionDenied):
        intake_actions.send_test_report(where.desk, by=where.worker.person)
