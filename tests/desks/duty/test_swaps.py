"""A swap changes the rota when the colleague agrees, and not before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.desk.errors import DeskMoveNotPossible
from desks.duty import planning, swaps
from desks.duty.errors import NoConfirmedNumber, NotTheirDuty
from desks.duty.models import DutyNumber, DutySwap
from desks.duty.querysets import rota_of
from desks.duty.rota import DutyTime
from desks.duty.states import Rank, SwapState
from tests.connections import call_at_once
from tests.desks.duty.duty_gateway import DutyDesk, new_colleague
from tests.desks.inbox.inbox_desks import stranger
from tests.people import browser_of
from victor.accounts.models import User
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 4, 0, 14, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GIVEN = DutyTime(Rank.FIRST, NIGHT + DAY, NIGHT + DAY + HOUR)
WANTED = DutyTime(Rank.NEXT, NIGHT + 2 * DAY, NIGHT + 2 * DAY + HOUR)
ROTA = "/en/workspace/desks/smile/rota/"


@pytest.fixture(autouse=True)
def night(at) -> None:
    at(NIGHT)


def ask(duty: DutyDesk) -> DutySwap:
    """Anna, who is first, asks Ben, who is next."""
    return swaps.ask_swap(duty.desk, GIVEN, WANTED, by=duty.anna.person)


def person_on_duty(duty: DutyDesk, time: DutyTime) -> int:
    return rota_of(duty.desk, NIGHT).span_at(time.rank, time.starts_at).person


def test_ask_swap_changes_nothing_and_tells_the_colleague(duty):
    ask(duty)
    assert person_on_duty(duty, GIVEN) == duty.anna.person.pk
    assert Mail.objects.get().recipient == duty.ben.person.email


def test_accept_swap_gives_each_the_duty_of_the_other(duty):
    swap = swaps.accept_swap(ask(duty), by=duty.ben.person)
    assert swap.state == SwapState.AGREED
    assert person_on_duty(duty, GIVEN) == duty.ben.person.pk
    assert person_on_duty(duty, WANTED) == duty.anna.person.pk


def test_decline_swap_changes_nothing_and_tells_who_asked(duty):
    swaps.decline_swap(ask(duty), by=duty.ben.person)
    assert person_on_duty(duty, GIVEN) == duty.anna.person.pk
    assert Mail.objects.latest("pk").recipient == duty.anna.person.email


@pytest.mark.parametrize("step", [swaps.accept_swap, swaps.decline_swap])
def test_answer_swap_by_whoever_asked_is_refused(duty, step):
    swap = ask(duty)
    with pytest.raises(PermissionDenied):
        step(swap, by=duty.anna.person)


def test_withdraw_swap_by_the_colleague_is_refused(duty):
    swap = ask(duty)
    with pytest.raises(PermissionDenied):
        swaps.withdraw_swap(swap, by=duty.ben.person)


def test_accept_swap_that_was_withdrawn_is_refused(duty):
    swap = ask(duty)
    swaps.withdraw_swap(swap, by=duty.anna.person)
    with pytest.raises(DeskMoveNotPossible):
        swaps.accept_swap(swap, by=duty.ben.person)


def test_accept_swap_of_a_duty_that_somebody_took_over_is_refused(duty):
    swap = ask(duty)
    planning.take_over(duty.desk, WANTED, by=duty.anna.person)
    with pytest.raises(NotTheirDuty):
        swaps.accept_swap(swap, by=duty.ben.person)
    assert DutySwap.objects.get().state == SwapState.ASKED


def test_accept_swap_of_a_duty_that_is_over_is_refused(duty, at):
    swap = ask(duty)
    at(NIGHT + DAY + HOUR)
    with pytest.raises(NotTheirDuty):
        swaps.accept_swap(swap, by=duty.ben.person)


def test_ask_swap_of_a_duty_of_somebody_else_is_refused(duty):
    with pytest.raises(NotTheirDuty):
        swaps.ask_swap(duty.desk, WANTED, GIVEN, by=duty.anna.person)


def test_ask_swap_twice_for_one_duty_is_refused(duty):
    ask(duty)
    with pytest.raises(NotTheirDuty):
        ask(duty)


def test_ask_swap_of_somebody_without_a_number_is_refused(duty):
    DutyNumber.objects.filter(person=duty.ben.person).delete()
    with pytest.raises(NoConfirmedNumber):
        ask(duty)


def test_ask_swap_at_another_desk_is_refused(duty):
    with pytest.raises(PermissionDenied):
        swaps.ask_swap(duty.desk, GIVEN, WANTED, by=stranger())


def test_swap_is_asked_and_accepted_on_the_pages(duty):
    day = {"rank": "first", "starts_at": "2026-03-06T22:00:00+00:00", "ends_at": "2026-03-07T22:00:00+00:00"}
    wanted = "next 2026-03-07T22:00:00+00:00"
    browser = browser_of(duty.anna.person)
    response = browser.post(f"{ROTA}swap/", {**day, "wanted": wanted}, query_params=day, follow=True)
    assert "Your colleague has been asked." in response.content.decode()
    other = browser_of(duty.ben.person)
    assert f"{duty.anna.person.name} asks to swap." in other.get(ROTA).content.decode()
    swap = DutySwap.objects.get()
    response = other.post(f"{ROTA}swap/{swap.pk}/agree/", follow=True)
    assert "You have swapped." in response.content.decode()


def test_swap_stands_among_the_tasks_of_the_colleague_until_answered(duty):
    swap, browser = ask(duty), browser_of(duty.ben.person)
    assert "A colleague asks to swap a duty" in browser.get("/en/workspace/").content.decode()
    swaps.decline_swap(swap, by=duty.ben.person)
    assert "A colleague asks to swap a duty" not in browser.get("/en/workspace/").content.decode()


def test_swap_of_two_others_does_not_exist_for_a_third(duty):
    swap, browser = ask(duty), browser_of(new_colleague(duty))
    assert browser.post(f"{ROTA}swap/{swap.pk}/agree/").status_code == 404
    assert "asks to swap" not in browser.get(ROTA).content.decode()


@pytest.mark.django_db(transaction=True)
def test_agree_and_withdraw_at_once_end_in_one_of_both(gateway):
    duty = DutyDesk()
    swap = ask(duty)

    def answer(who: User) -> str:
        act = swaps.accept_swap if who == duty.ben.person else swaps.withdraw_swap
        try:
            return str(act(DutySwap.objects.get(pk=swap.pk), by=who).state)
        except DeskMoveNotPossible:
            return "refused"

    answers = call_at_once(answer, [duty.anna.person, duty.ben.person])
    swap.refresh_from_db()
    assert sorted(answers) == sorted(["refused", swap.state])
