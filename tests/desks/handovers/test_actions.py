"""A report goes to another desk: only when the reporter agrees and the other takes it, and then only that one reads."""

from __future__ import annotations

import pytest

from desks.desk.errors import DeskMoveNotPossible
from desks.handovers import actions as handovers_actions
from desks.handovers.models import HandOver
from desks.handovers.states import HandOverState
from desks.reports.states import Channel, ReportState
from tests.desks.inbox.inbox_desks import PORTAL, STORY, Place, at_work
from tests.vault.people import reads
from victor.mail.models import Message as Mail
from victor.vault import crypto
from victor.vault.records.actions import create_record, open_receipt, read_envelope, write_envelope
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
ASK = {"target": "other", "text": "May they?"}


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def other() -> Place:
    return Place("other")


@pytest.fixture
def report(place):
    return place.report()


def step(place: Place, report, name: str) -> int:
    """One step, by Anna of the desk that gives."""
    number = HandOver.objects.get().pk
    return at_work(place.anna).post(place.address(report, f"hand-over/{number}/{name}/")).status_code


def answer(place: Place, name: str) -> int:
    """The answer of the desk that takes."""
    return at_work(place.anna).post(f"{place.url}hand-overs/{HandOver.objects.get().pk}/{name}/").status_code


def state() -> str:
    return HandOver.objects.get().state


def test_report_goes_over_and_only_the_other_desk_opens_it(place, other, report):
    told = Envelope.objects.get(key=report.key, purpose="report")
    assert at_work(place.anna).post(place.address(report, "hand-over/"), ASK).status_code == 302
    assert [each.voice for each in report.messages.all()] == ["answer"]
    handovers_actions.agree_to_hand_over(HandOver.objects.get(), by=PORTAL)
    assert b"asks you to take over a report" in at_work(other.anna).get(other.url).content
    assert (answer(other, "accept"), state()) == (302, HandOverState.ACCEPTED)
    assert (reads(told, place.anna), reads(told, other.anna)) == (True, False)
    assert (step(place, report, "complete"), state()) == (302, HandOverState.DONE)
    assert (reads(told, place.anna), reads(told, other.anna)) == (False, True)
    assert at_work(place.anna).get(place.address(report)).status_code == 404
    assert STORY in at_work(other.anna).get(other.address(report)).content.decode()
    told = [each.person.email for each in (other.anna, other.ben, other.chief)]
    assert sorted(Mail.objects.values_list("recipient", flat=True)) == sorted(told * 2)


def test_receipt_opens_the_report_at_the_other_desk_too(place, other):
    receipt = crypto.derive_private_key(b"r" * 32)
    report = place.report()
    report.key = create_record(place.desk.group, by=PORTAL, receipt=receipt)
    report.save()
    told = write_envelope(report.key, "words", purpose="report", by=PORTAL)
    asked = handovers_actions.ask_hand_over(report, other.desk, "May they?", language="el", by=place.anna)
    handovers_actions.accept_hand_over(handovers_actions.agree_to_hand_over(asked, by=PORTAL), by=other.anna.person)
    handovers_actions.complete_hand_over(asked, by=place.anna)
    assert read_envelope(told, by=open_receipt(report.key, receipt, by=PORTAL)) == "words"


def test_nothing_goes_over_without_each_of_the_three(place, other, report):
    at_work(place.anna).post(place.address(report, "hand-over/"), ASK)
    answer(other, "accept")
    step(place, report, "complete")
    assert state() == HandOverState.ASKED
    handovers_actions.agree_to_hand_over(HandOver.objects.get(), by=PORTAL)
    step(place, report, "complete")
    assert state() == HandOverState.AGREED
    report.refresh_from_db()
    assert report.desk == place.desk


def test_desk_does_not_answer_for_a_reporter_who_has_a_receipt(place, other, report):
    at_work(place.anna).post(place.address(report, "hand-over/"), ASK)
    step(place, report, "agree")
    assert state() == HandOverState.ASKED


def test_desk_notes_what_somebody_said_at_the_counter(place, other):
    report = place.report(channel=Channel.VISIT)
    at_work(place.anna).post(place.address(report, "hand-over/"), ASK)
    step(place, report, "agree")
    assert state() == HandOverState.AGREED


@pytest.mark.parametrize("move", ["decline", "refuse", "withdraw"])
def test_whoever_says_no_ends_it_and_it_can_be_asked_again(place, other, report, move):
    asked = handovers_actions.ask_hand_over(report, other.desk, "May they?", language="el", by=place.anna)
    handovers_actions.agree_to_hand_over(asked, by=PORTAL)
    by = {"decline": PORTAL, "refuse": other.anna.person, "withdraw": place.anna.person}[move]
    getattr(handovers_actions, f"{move}_hand_over")(asked, by=by)
    with pytest.raises(DeskMoveNotPossible):
        handovers_actions.accept_hand_over(asked, by=other.anna.person)
    handovers_actions.ask_hand_over(report, other.desk, "Again?", language="el", by=place.anna)
    assert report.hand_overs.open().count() == 1


def test_one_hand_over_is_under_way_at_a_time_and_none_of_what_is_over(place, other, report):
    handovers_actions.ask_hand_over(report, other.desk, "May they?", language="el", by=place.anna)
    for each in (report, place.report(state=ReportState.CLOSED)):
        assert at_work(place.anna).post(place.address(each, "hand-over/"), ASK).status_code == 409
