"""The audit log is free while an action writes its mails: everybody who acts waits for the end of the log.

The mails are rendered when they are sent, while the seminar and all who registered are free.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partners.memberships.states import Role
from tests.connections import stopped_at_first_mail
from tests.free_rows import rows_free_while_rendering
from tests.people import organisation, person
from tests.trainings.sample_seminars import applicant, make_seminar
from tests.waiting import LIMIT
from trainings.attendance.actions import admit_at_door
from trainings.participants.actions import correct_registration
from trainings.planning.actions import SeminarPlan, cancel_seminar, save_seminar
from trainings.registrations.actions import (
    admit_registration,
    decline_registration,
    give_up_registration,
    register,
    register_all,
    register_group,
)
from trainings.registrations.models import Registration, RegistrationGroup
from trainings.registrations.states import RegistrationState
from trainings.registrations.waiting_list import offer_free_seats
from trainings.seminars.models import Seminar
from victor.access import Participant, Visitor
from victor.accounts.models import User
from victor.audit.actions import record
from victor.audit.models import Entry
from victor.mail.models import Message
from victor.mail.tasks import send_due

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trainer() -> User:
    return person(Role.TRAINER, organisation("smile"))


def seminar_with_waiting_list(**fields: Any) -> Seminar:
    """One seat that is taken, and two people who wait."""
    seminar = make_seminar(seats=1, **fields)
    for _ in range(3):
        register(applicant(seminar), by=Visitor())
    return seminar


def cancel(trainer: User) -> Callable[[], object]:
    seminar = seminar_with_waiting_list()
    return lambda: cancel_seminar(seminar, by=trainer)


def register_one_after_seats_were_added(_trainer: User) -> Callable[[], object]:
    seminar = seminar_with_waiting_list()
    Seminar.objects.update(seats=4)
    return lambda: register(applicant(seminar), by=Visitor())


def register_list(trainer: User) -> Callable[[], object]:
    seminar = make_seminar(seats=2)
    return lambda: register_all(seminar, [applicant(seminar) for _ in range(3)], by=trainer)


def colleagues(seminar: Seminar) -> tuple[RegistrationGroup, list[Registration]]:
    """Two who come together or not at all."""
    group = RegistrationGroup(seminar=seminar, organisation="Police", contact="chief@example.org", together=True)
    return group, [applicant(seminar), applicant(seminar)]


def register_colleagues(_trainer: User) -> Callable[[], object]:
    group, members = colleagues(make_seminar(seats=3))
    return lambda: register_group(group, members, by=Visitor())


def admit_with_companions(trainer: User) -> Callable[[], object]:
    group, members = colleagues(make_seminar(seats=2, needs_approval=True))
    registration, _other = register_group(group, members, by=Visitor())
    return lambda: admit_registration(registration, by=trainer)


def decline(trainer: User) -> Callable[[], object]:
    registration = register(applicant(make_seminar(needs_approval=True)), by=Visitor())
    return lambda: decline_registration(registration, by=trainer)


def give_up_the_only_seat(_trainer: User) -> Callable[[], object]:
    registration = seminar_with_waiting_list().registrations.earliest("pk")
    return lambda: give_up_registration(registration, by=Participant(registration))


def expire_an_offer(_trainer: User) -> Callable[[], object]:
    seminar = seminar_with_waiting_list()
    registration = seminar.registrations.earliest("pk")
    give_up_registration(registration, by=Participant(registration))
    offered = Registration.objects.filter(state=RegistrationState.OFFERED)
    offered.update(offer_ends=timezone.now() - timedelta(seconds=1))
    return lambda: offer_free_seats(seminar)


def add_seats(trainer: User) -> Callable[[], object]:
    seminar = seminar_with_waiting_list()
    seminar.seats = 3
    return lambda: save_seminar(seminar, SeminarPlan([]), {"title": "Changed", "summary": "New"}, by=trainer)


def admit_someone_at_the_door(trainer: User) -> Callable[[], object]:
    seminar = make_seminar()
    return lambda: admit_at_door(applicant(seminar), by=trainer)


def correct_an_address(trainer: User) -> Callable[[], object]:
    registration = register(applicant(make_seminar()), by=Visitor())
    return lambda: correct_registration(registration, name="Ana", email="ana@example.org", by=trainer)


ACTIONS = (
    *(cancel, register_one_after_seats_were_added, register_list, register_colleagues, admit_with_companions),
    *(decline, give_up_the_only_seat, expire_an_offer, add_seats, admit_someone_at_the_door, correct_an_address),
)


@pytest.mark.parametrize("arrange", ACTIONS)
def test_log_is_free_until_all_mails_are_written(arrange, trainer):
    act = arrange(trainer)
    before, mails = Entry.objects.count(), Message.objects.count()
    with stopped_at_first_mail(act) as action:
        other = record("test.noted", "test", by=trainer)  # a deadlock, if the action held the log
    action.result(LIMIT)
    assert other.sequence == before + 1
    assert Entry.objects.count() > other.sequence
    assert Message.objects.count() > mails


@pytest.mark.parametrize("arrange", ACTIONS)
def test_mails_are_rendered_while_the_seminar_is_free(arrange, trainer, sink):
    act = arrange(trainer)
    send_due()
    with rows_free_while_rendering(Seminar.objects.all(), Registration.objects.all()) as free:
        act()
        assert send_due() > 0
    assert free
    assert all(free)
