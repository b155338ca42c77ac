"""A report goes to another desk: only when the reporter agrees and the other takes it, and then only that one reads."""

from __future__ import annotations

import pytest

from desks.handovers import actions as handovers_actions
from desks.referrals.errors import ReferralMoveNotPossible
from desks.referrals.models import Referral
from desks.referrals.states import ReferralState
from desks.reports.states import Channel, ReportState
from tests.confirming import CONFIRMED
from tests.desks.inbox.inbox_desks import PORTAL, STORY, InboxDesk, unlocked_browser_of
from tests.vault.people import own, reads
from victor.mail.models import Message as Mail
from victor.vault import crypto
from victor.vault.keys.keyring import update_stamped
from victor.vault.records.actions import create_record, open_receipt, read_envelope, write_envelope
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
ASK = {"target": "other", "text": "May they?"}


@pytest.fixture
def other() -> InboxDesk:
    return InboxDesk("other")


@pytest.fixture
def report(inbox):
    return inbox.report()


def step(inbox: InboxDesk, report, name: str) -> int:
    """One step, by Anna of the desk that gives."""
    number = Referral.objects.get().reference
    return (
        unlocked_browser_of(inbox.anna)
        .post(inbox.address(report, f"hand-over/{number}/{name}/"), CONFIRMED)
        .status_code
    )


def answer(inbox: InboxDesk, name: str) -> int:
    """The answer of the desk that takes."""
    return (
        unlocked_browser_of(inbox.anna)
        .post(f"{inbox.url}hand-overs/{Referral.objects.get().reference}/{name}/", CONFIRMED)
        .status_code
    )


def state() -> str:
    return Referral.objects.get().state


def test_report_goes_over_and_only_the_other_desk_opens_it(inbox, other, report):
    envelope = Envelope.objects.get(key=report.key, purpose="report")
    assert unlocked_browser_of(inbox.anna).post(inbox.address(report, "hand-over/"), ASK).status_code == 302
    assert [each.voice for each in report.messages.all()] == ["reporter", "answer"]
    handovers_actions.agree_to_hand_over(Referral.objects.get(), by=PORTAL)
    assert b"asks you to take over a report" in unlocked_browser_of(other.anna).get(other.url).content
    assert answer(other, "accept") == 302
    assert state() == ReferralState.ACCEPTED
    assert reads(envelope, inbox.anna)
    assert not reads(envelope, other.anna)
    assert step(inbox, report, "complete") == 302
    assert state() == ReferralState.TRANSFERRED
    assert not reads(envelope, inbox.anna)
    assert reads(envelope, other.anna)
    assert unlocked_browser_of(inbox.anna).get(inbox.address(report)).status_code == 404
    assert STORY in unlocked_browser_of(other.anna).get(other.address(report)).content.decode()
    recipients = [each.person.email for each in (other.anna, other.ben, other.chief)]
    assert sorted(Mail.objects.values_list("recipient", flat=True)) == sorted(recipients * 2)


def test_receipt_opens_the_report_at_the_other_desk_too(inbox, other):
    receipt = crypto.derive_private_key(b"r" * 32)
    report = inbox.report()
    report.key = create_record(inbox.desk.group, by=PORTAL, receipt=receipt)
    update_stamped(report, "key")
    report.messages.all().delete()
    envelope = write_envelope(report.key, "words", purpose="report", by=PORTAL)
    asked = handovers_actions.ask_hand_over(report, other.desk, "May they?", language="el", by=inbox.anna)
    handovers_actions.accept_hand_over(handovers_actions.agree_to_hand_over(asked, by=PORTAL), by=other.anna.person)
    handovers_actions.complete_hand_over(asked, by=inbox.anna)
    assert read_envelope(own(envelope), by=open_receipt(report.key, receipt, by=PORTAL)) == "words"


def test_nothing_goes_over_without_each_of_the_three(inbox, other, report):
    unlocked_browser_of(inbox.anna).post(inbox.address(report, "hand-over/"), ASK)
    answer(other, "accept")
    step(inbox, report, "complete")
    assert state() == ReferralState.READY
    handovers_actions.agree_to_hand_over(Referral.objects.get(), by=PORTAL)
    step(inbox, report, "complete")
    assert state() == ReferralState.SENT
    report.refresh_from_db()
    assert report.desk == inbox.desk


def test_desk_does_not_answer_for_a_reporter_who_has_a_receipt(inbox, other, report):
    unlocked_browser_of(inbox.anna).post(inbox.address(report, "hand-over/"), ASK)
    step(inbox, report, "agree")
    assert state() == ReferralState.READY


def test_desk_notes_what_somebody_said_at_the_counter(inbox, other):
    report = inbox.report(channel=Channel.VISIT)
    unlocked_browser_of(inbox.anna).post(inbox.address(report, "hand-over/"), ASK)
    step(inbox, report, "agree")
    assert state() == ReferralState.SENT


@pytest.mark.parametrize("move", ["decline", "refuse", "withdraw"])
def test_whoever_says_no_ends_it_and_it_can_be_asked_again(inbox, other, report, move):
    asked = handovers_actions.ask_hand_over(report, other.desk, "May they?", language="el", by=inbox.anna)
    handovers_actions.agree_to_hand_over(asked, by=PORTAL)
    by = {"decline": PORTAL, "refuse": other.anna.person, "withdraw": inbox.anna.person}[move]
    getattr(handovers_actions, f"{move}_hand_over")(asked, by=by)
    with pytest.raises(ReferralMoveNotPossible):
        handovers_actions.accept_hand_over(asked, by=other.anna.person)
    handovers_actions.ask_hand_over(report, other.desk, "Again?", language="el", by=inbox.anna)
    assert report.hand_overs.open().count() == 1


def test_one_hand_over_is_under_way_at_a_time_and_none_of_what_is_over(inbox, other, report):
    handovers_actions.ask_hand_over(report, other.desk, "May they?", language="el", by=inbox.anna)
    for refused in (report, inbox.report(state=ReportState.CLOSED)):
        assert unlocked_browser_of(inbox.anna).post(inbox.address(refused, "hand-over/"), ASK).status_code == 409
