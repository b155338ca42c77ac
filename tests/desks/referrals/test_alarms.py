"""An emergency at night: whoever is on duty at the desk that receives is called, until somebody takes it or answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from desks.desk.models import OpeningHours
from desks.duty import actions as duty_actions
from desks.duty.errors import AlarmOver
from desks.duty.models import DutyAlarm, DutyPolicy
from desks.duty.periodic import call_duty
from desks.duty.states import AlarmState, DutyHours, Rank
from desks.referrals import actions, consents
from desks.referrals.emergencies import share_in_emergency
from desks.referrals.models import Referral
from desks.referrals.periodic import watch_referrals
from desks.referrals.states import DeclineReason, ReferralState
from tests.desks.duty.duty_gateway import (
    NUMBER,
    TOKEN,
    HttpGatewayOfTest,
    answer_of_gateway,
    give_all_hours,
    give_number,
    running_gateway,
)
from tests.desks.inbox.inbox_desks import PORTAL, stranger
from tests.desks.referrals.referral_desks import NAME, ReferralDesks
from tests.desks.referrals.test_emergencies import WORDS
from tests.people import browser_of
from victor.audit.models import Entry
from victor.mail.models import Message as Mail
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 4, 0, 14, tzinfo=UTC)  # 02:14 in Sofia, a Wednesday
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ANNA, BEN = f"{NUMBER}0", f"{NUMBER}1"


@pytest.fixture
def gateway(settings) -> Iterator[HttpGatewayOfTest]:
    with running_gateway() as gateway:
        settings.DUTY_GATEWAY_URL, settings.DUTY_GATEWAY_TOKEN = gateway.url, TOKEN
        yield gateway


@pytest.fixture
def night(desks, gateway, at) -> ReferralDesks:
    """At Sofia Anna is first on duty and Ben next; only Ben and the supervisor answer referrals."""
    at(NIGHT)
    for who, rank, number in ((desks.sofia.anna, Rank.FIRST, ANNA), (desks.sofia.ben, Rank.NEXT, BEN)):
        give_number(who.person, number)
        give_all_hours(desks.sofia, who.person, rank)
    return desks


def share(desks: ReferralDesks) -> Referral:
    return share_in_emergency(desks.case(), desks.sofia.desk, WORDS, by=desks.athens.anna.person)


def open_all_day(desks: ReferralDesks) -> None:
    """Sofia is open today until 18:00, and calls only when it is closed."""
    OpeningHours.objects.create(desk=desks.sofia.desk, weekday=NIGHT.weekday(), opens=time(), closes=time(18))
    DutyPolicy.objects.create(desk=desks.sofia.desk, hours=DutyHours.CLOSED)


def page_of(alarm: DutyAlarm, rest: str = "") -> str:
    return f"/en/workspace/desks/{alarm.desk.slug}/duty/{alarm.pk}/{rest}"


def open_items(kind: str) -> int:
    return OpenItem.objects.filter(kind=kind).count()


def test_emergency_calls_the_first_on_duty_at_the_desk_that_receives(night, gateway):
    referral = share(night)
    alarm = DutyAlarm.objects.get()
    assert alarm.referral == referral
    assert alarm.report is None
    assert alarm.desk == night.sofia.desk
    call_duty()
    assert gateway.numbers == [ANNA]
    assert open_items("desks.alarm") == 1


def test_call_says_the_code_and_nothing_of_the_child(night, gateway):
    referral = share(night)
    call_duty()
    [content] = gateway.taken
    alarm = DutyAlarm.objects.get()
    assert content["text"].count(alarm.code) == 1
    for word in (NAME, WORDS.description, referral.reference, referral.case.reference, night.sofia.desk.slug):
        assert word not in str(content)


def test_call_next_after_fifteen_minutes_calls_the_next_on_duty(night, gateway, at):
    share(night)
    call_duty()
    at(NIGHT + 15 * MINUTE)
    call_duty()
    assert gateway.numbers == [ANNA, BEN]


def test_hear_call_stops_nothing(night, gateway, at):
    share(night)
    call_duty()
    assert answer_of_gateway({"id": gateway.taken[0]["id"], "event": "heard"}) == 204
    at(NIGHT + 15 * MINUTE)
    call_duty()
    assert gateway.numbers == [ANNA, BEN]


def test_take_alarm_stops_all_calls_and_leaves_the_referral(night, gateway, at):
    referral = share(night)
    call_duty()
    duty_actions.take_alarm(DutyAlarm.objects.get(), by=night.sofia.anna.person)
    at(NIGHT + HOUR)
    call_duty()
    referral.refresh_from_db()
    assert gateway.numbers == [ANNA]
    assert referral.state == ReferralState.SENT
    assert open_items("desks.alarm") == 0


def test_take_alarm_of_another_desk_is_refused(night):
    share(night)
    for person in (night.athens.anna.person, stranger()):
        with pytest.raises(PermissionDenied):
            duty_actions.take_alarm(DutyAlarm.objects.get(), by=person)


@pytest.mark.parametrize(
    "answer",
    [
        lambda referral, desks: actions.accept_referral(referral, by=desks.sofia.ben),
        lambda referral, desks: actions.ask_sender(referral, "Where?", by=desks.sofia.ben.person),
        lambda referral, desks: actions.decline_referral(
            referral, DeclineReason.NO_PLACE, "", by=desks.sofia.ben.person
        ),
        lambda referral, desks: actions.withdraw_referral(referral, by=desks.athens.anna.person),
    ],
    ids=["accept", "ask", "decline", "withdraw"],
)
def test_answer_ends_the_alarm_at_once(night, gateway, answer):
    answer(share(night), night)
    call_duty()
    alarm = DutyAlarm.objects.get()
    assert alarm.state == AlarmState.ENDED
    assert gateway.taken == []
    assert open_items("desks.alarm") == 0
    with pytest.raises(AlarmOver):
        duty_actions.take_alarm(alarm, by=night.sofia.anna.person)


def test_share_while_the_desk_is_open_calls_once_it_has_closed(night, gateway, at):
    open_all_day(night)
    share(night)
    watch_referrals()
    assert not DutyAlarm.objects.exists()
    at(NIGHT + timedelta(hours=15, minutes=46))  # 18:00
    watch_referrals()
    watch_referrals()
    call_duty()
    assert gateway.numbers == [ANNA]


def test_raise_alarm_again_keeps_the_one_that_calls(night):
    referral = share(night)
    assert duty_actions.raise_referral_alarm(referral, by=PORTAL) == DutyAlarm.objects.get()


def test_raise_alarm_by_somebody_else_than_the_sender_is_refused(night):
    with pytest.raises(PermissionDenied):
        duty_actions.raise_referral_alarm(share(night), by=night.sofia.anna.person)


def test_alarm_is_about_a_report_or_a_referral(night):
    share(night)
    for change in ({"referral": None}, {"report": night.sofia.report()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DutyAlarm.objects.update(**change)


def test_page_of_the_alarm_leads_to_the_referral_and_names_who_can_accept_it(night):
    referral = share(night)
    alarm = DutyAlarm.objects.get()
    content = browser_of(night.sofia.anna.person).get(page_of(alarm)).content.decode()
    assert f"{night.sofia.url}referrals/{referral.reference}/" in content
    assert f"Colleague who can accept it: {night.sofia.ben.person.name}" in content
    assert "Write down what you did" not in content
    assert NAME not in content


def test_page_of_the_alarm_does_not_exist_for_the_sender(night):
    share(night)
    browser = browser_of(night.athens.anna.person)
    assert browser.get(page_of(DutyAlarm.objects.get())).status_code == 404


def test_note_of_calls_does_not_exist_for_a_referral(night):
    share(night)
    browser = browser_of(night.sofia.anna.person)
    assert browser.post(page_of(DutyAlarm.objects.get(), "calls/"), {"text": "112"}).status_code == 404


def test_page_of_the_alarm_says_that_the_referral_was_answered(night):
    actions.accept_referral(share(night), by=night.sofia.ben)
    content = browser_of(night.sofia.anna.person).get(page_of(DutyAlarm.objects.get())).content.decode()
    assert "The referral waits for no answer any more." in content
    assert "I take it" not in content


def test_page_of_the_referral_leads_the_receiver_to_the_alarm(night):
    referral, alarm = share(night), DutyAlarm.objects.get()
    for here, is_there in ((night.sofia, True), (night.athens, False)):
        content = browser_of(here.ben.person).get(f"{here.url}referrals/{referral.reference}/").content.decode()
        assert (page_of(alarm) in content) == is_there


def test_supervisors_of_the_sender_are_asked_to_confirm(night):
    referral = share(night)
    chief = night.athens.chief.person
    assert Mail.objects.filter(recipient=chief.email).count() == 1
    assert open_items("desks.referral_to_confirm") == 1
    consents.confirm_basis(referral.bases.get(), by=chief)
    assert open_items("desks.referral_to_confirm") == 0


def test_supervisors_of_the_sender_are_told_that_nobody_has_confirmed(night, at):
    share(night)
    before = Mail.objects.filter(recipient=night.athens.chief.person.email).count()
    at(NIGHT + 25 * HOUR)
    watch_referrals()
    assert Mail.objects.filter(recipient=night.athens.chief.person.email).count() == before + 1
    assert open_items("desks.referral_to_confirm") == 0
    [item] = OpenItem.objects.filter(kind="desks.referral_unconfirmed")
    assert item.closes_at == NIGHT + 25 * HOUR + timedelta(days=30)


def test_unconfirmed_emergency_calls_nobody_any_more(night, gateway, at):
    share(night)
    call_duty()
    at(NIGHT + 25 * HOUR)
    watch_referrals()
    call_duty()
    assert DutyAlarm.objects.get().state == AlarmState.ENDED
    assert gateway.numbers == [ANNA]
    assert Entry.objects.filter(action="duty.ended").count() == 1
