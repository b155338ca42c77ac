"""Whatever happens in whatever order: never oversold, no quota exceeded, nobody passed over.

Hypothesis lets people come, leave, accept, be preferred and time pass, and compares each state with a model of the
rules that is written anew here, as plainly as they are told to people. Registration outlasts the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.sampling import sampled
from tests.trainings.sample_seminars import applicant, make_seminar
from tests.walks import walk
from trainings.registrations import actions as registrations_actions
from trainings.registrations import waiting_list
from trainings.registrations.errors import NoFreeSeat, NotOpen
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Quota, Seminar
from victor.access import Participant, System, Visitor

pytestmark = pytest.mark.django_db
QUOTAS = {"police": 2, "judge": 1}
OPEN, SEATED = {"applied", "confirmed", "waiting", "offered"}, {"confirmed", "offered"}
ANYBODY = st.integers(min_value=0, max_value=30)
VISITOR, CLOCK = Visitor(), System("clock")


@dataclass
class Person:
    """Somebody as the model knows them."""

    pk: int
    profession: str
    state: str
    until: Any = None
    preferred: bool = False


class WaitingList(RuleBasedStateMachine):
    """A seminar with three seats and two quotas, and the model of it."""

    approval = False
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.traveller = self.clock.start()
        closes = timezone.now() + timedelta(days=25)
        self.seminar = make_seminar(seats=3, days=20, lengths=(3,) * 6, closes=closes, needs_approval=self.approval)
        for profession, seats in QUOTAS.items():
            Quota.objects.create(seminar=self.seminar, profession=profession, seats=seats)
        self.seats, self.people = 3, []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        self.clock.stop()

    def seated(self, profession: str = "") -> int:
        return sum(each.state in SEATED and profession in ("", each.profession) for each in self.people)

    def has_room(self, one: Person) -> bool:
        quota = QUOTAS.get(one.profession)
        return self.seated() < self.seats and (quota is None or self.seated(one.profession) < quota)

    def gets_a_seat(self, one: Person) -> bool:
        """Nobody passes those who wait and would fit."""
        return self.has_room(one) and not any(each.state == "waiting" and self.has_room(each) for each in self.people)

    def has_begun(self) -> bool:
        return self.seminar.starts <= timezone.now()

    def serve(self) -> None:
        """The first in line for whom there is room is offered it, until there is nobody, or the seminar begins."""
        for person in [] if self.has_begun() else self.people:
            if person.state == "waiting" and self.has_room(person):
                self.offer(person)

    def offer(self, one: Person) -> None:
        one.state, one.until = "offered", min(timezone.now() + timedelta(hours=48), self.seminar.starts)

    def chosen(self, number: int) -> tuple[Person, Any]:
        one = self.people[number % len(self.people)]
        return one, self.seminar.registrations.get(pk=one.pk)

    @rule(profession=st.sampled_from(["police", "judge", "teacher"]))
    def come(self, profession: str) -> None:
        coming = applicant(self.seminar, profession=profession)
        if self.seminar.closes <= timezone.now():
            with pytest.raises(NotOpen):
                registrations_actions.register(coming, by=VISITOR)
            return
        made = registrations_actions.register(coming, by=VISITOR)
        self.serve()
        one = Person(made.pk, profession, "applied")
        if not self.approval:
            one.state = "confirmed" if self.gets_a_seat(one) else "waiting"
        self.people.append(one)

    @precondition(lambda self: self.people)
    @rule(number=ANYBODY)
    def leave(self, number: int) -> None:
        one, registration = self.chosen(number)
        if one.state not in OPEN:
            with pytest.raises(AlreadySettled):
                registrations_actions.give_up_registration(registration, by=Participant(registration))
            return
        registrations_actions.give_up_registration(registration, by=Participant(registration))
        one.state = "left"
        self.serve()

    @precondition(lambda self: self.people)
    @rule(number=ANYBODY)
    def accept(self, number: int) -> None:
        one, registration = self.chosen(number)
        if one.state != "offered" or one.until <= timezone.now():
            with pytest.raises(AlreadySettled):
                registrations_actions.accept_offer(registration, by=Participant(registration))
            return
        registrations_actions.accept_offer(registration, by=Participant(registration))
        one.state = "confirmed"

    @precondition(lambda self: self.people)
    @rule(number=ANYBODY, admitted=st.booleans())
    def look_at(self, number: int, admitted: bool) -> None:
        one, registration = self.chosen(number)
        act = registrations_actions.admit_registration if admitted else registrations_actions.decline_registration
        if one.state != "applied":
            with pytest.raises(AlreadySettled):
                act(registration, by=CLOCK)
            return
        act(registration, by=CLOCK)
        if not admitted:
            one.state = "declined"
            return
        self.serve()
        one.state = "confirmed" if self.gets_a_seat(one) else "waiting"

    @precondition(lambda self: self.people)
    @rule(number=ANYBODY)
    def prefer(self, number: int) -> None:
        one, registration = self.chosen(number)
        if self.has_begun() or self.seated() >= self.seats or one.state != "waiting":
            with pytest.raises((NoFreeSeat, AlreadySettled)):
                registrations_actions.offer_out_of_order(registration, reason="She teaches the others", by=CLOCK)
            return
        registrations_actions.offer_out_of_order(registration, reason="She teaches the others", by=CLOCK)
        one.preferred = True
        self.offer(one)

    @rule(hours=st.sampled_from([1, 47, 48]))
    def wait(self, hours: int) -> None:
        self.come_to(timezone.now() + timedelta(hours=hours))

    def come_to(self, moment: datetime) -> None:
        self.traveller.move_to(moment, tick=False)
        waiting_list.offer_free_seats(self.seminar)
        self.lapse()
        self.serve()

    def lapse(self) -> None:
        for person in self.people:
            if person.state == "offered" and person.until <= timezone.now():
                person.state = "lapsed"

    @rule(seats=st.integers(min_value=3, max_value=5))
    def add_seats(self, seats: int) -> None:
        """A coordinator sets more seats, and whoever comes before the next sweep passes nobody."""
        if seats > self.seats:
            Seminar.objects.filter(pk=self.seminar.pk).update(seats=seats)
            self.seats = seats

    @invariant()
    def is_as_the_model_says(self) -> None:
        type(self).steps += 1
        assert list(self.seminar.registrations.order_by("pk").values_list("pk", "state")) == [
            (each.pk, each.state) for each in self.people
        ]

    @invariant()
    def is_never_oversold(self) -> None:
        assert self.seated() <= self.seats
        for profession, seats in QUOTAS.items():
            ordinary = [each for each in self.people if each.profession == profession and not each.preferred]
            assert sum(each.state in SEATED for each in ordinary) <= seats


class SeminarUnderWay(WaitingList):
    """The same once the seminar has begun, with two in line from before."""

    def __init__(self) -> None:
        super().__init__()
        for _ in range(5):
            self.come("teacher")
        self.come_to(self.seminar.starts)


class WaitingListOnPages(WaitingList):
    """The same where the host looks first."""

    approval = True


MACHINES = [WaitingList, WaitingListOnPages, SeminarUnderWay]


@pytest.mark.parametrize("machine", sampled(MACHINES, daily=[SeminarUnderWay]))
def test_seats_go_by_order_whatever_happens(machine, figure):
    walk(machine, walks=12, steps=20)
    figure(f"seats in order: random steps of {machine.__name__}", machine.steps)
