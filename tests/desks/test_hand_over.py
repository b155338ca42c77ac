"""A report goes to another desk: only when the reporter agrees and the other takes it, and then only that one reads."""

from __future__ import annotations

import pytest

from desks import actions
from desks.errors import NotPossible
from desks.models import HandOver
from desks.states import Channel, HandOverState, State
from tests.desks.desks_for_inbox import PORTAL, STORY, Place, at_work
from tests.vault.people import reads
from victor.mail.models import Message as Mail
from victor.vault import crypto
from victor.vault.actions import new_record, open_receipt, read, write
from victor.vault.models import Envelope

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
    actions.agree(HandOver.objects.get(), by=PORTAL)
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
    receipt = crypto.private_from(b"r" * 32)
    report = place.report()
    report.key = new_record(place.desk.group, by=PORTAL, receipt=receipt)
    report.save()
    told = write(report.key, "words", purpose="report", by=PORTAL)
    asked = actions.ask_hand_over(report, other.desk, "May they?", language="el", by=place.anna)
    actions.accept(actions.agree(asked, by=PORTAL), by=other.anna.person)
    actions.complete(asked, by=place.anna)
    assert read(told, by=open_receipt(report.key, receipt, by=PORTAL)) == "words"


def test_nothing_goes_over_without_each_of_the_three(place, other, report):
    at_work(place.anna).post(place.address(report, "hand-over/"), ASK)
    answer(other, "accept")
    step(place, report, "complete")
    assert state() == HandOverState.ASKED
    actions.agree(HandOver.objects.get(), by=PORTAL)
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
    asked = actions.ask_hand_over(report, other.desk, "May they?", language="el", by=place.anna)
    actions.agree(asked, by=PORTAL)
    by = {"decline": PORTAL, "refuse": other.anna.person, "withdraw": place.anna.person}[move]
    getattr(actions, move)(asked, by=by)
    with pytest.raises(NotPossible):
        actions.accept(asked, by=other.anna.person)
    actions.ask_hand_over(report, other.desk, "Again?", language="el", by=place.anna)
    assert report.hand_overs.open().count() == 1


def test_one_hand_over_is_under_way_at_a_time_and_none_of_what_is_over(place, other, report):
    actions.ask_hand_over(report, other.desk, "May they?", language="el", by=place.anna)
    for each in (report, place.report(state=State.CLOSED)):
        assert at_work(place.anna).post(place.address(each, "hand-over/"), ASK).status_code == 409
