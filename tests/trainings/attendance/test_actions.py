"""Who was there: noted once, put right with a reason, and never beyond the seats without one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.people import organisation, person
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.attendance.actions import check_in_participant, correct_attendance, register_walk_in, undo_attendance
from trainings.attendance.errors import CheckInClosed, CheckInNotOpen, NoConfirmedPlace
from trainings.attendance.models import Attendance, Correction
from trainings.attendance.states import AttendanceMethod
from trainings.planning.actions import cancel_seminar
from trainings.registrations.actions import give_up_registration, register
from trainings.registrations.errors import NoFreeSeat, NotOpen
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import Participant, Visitor
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
VISITOR = Visitor()


@pytest.fixture
def trainer():
    return person("trainer", organisation("smile"))


@pytest.fixture
def today(trainer, at):
    """A seminar whose first session is on now, at nine of eight to eleven; a helper lets people in."""
    at(timezone.now().replace(hour=9))
    seminar = make_seminar(days=0, seats=2, closes=timezone.now() + timedelta(days=9))
    seminar.helpers.add(person("worker", organisation("other")))
    return seminar


@pytest.fixture
def helper(today):
    return today.helpers.get()


def registered(seminar, **fields):
    return register(applicant(seminar, **fields), by=VISITOR)


def first_of(seminar):
    return seminar.sessions.first()


def test_check_in_twice_notes_once(today, helper):
    one = registered(today)
    first = check_in_participant(one, first_of(today), method=AttendanceMethod.CODE, by=helper)
    again = check_in_participant(one, first_of(today), method=AttendanceMethod.LIST, by=helper)
    assert again == first
    assert again.method == AttendanceMethod.CODE
    assert again.by == helper
    assert Entry.objects.filter(action="attendance.noted").count() == 1


def test_check_in_without_a_place_is_refused(today, helper):
    _first, _second, waits = registered(today), registered(today), registered(today)
    with pytest.raises(NoConfirmedPlace):
        check_in_participant(waits, first_of(today), method=AttendanceMethod.LIST, by=helper)


def test_check_in_at_another_seminar_is_refused(today, helper, trainer):
    stranger = registered(make_seminar("sofia"))
    with pytest.raises(NoConfirmedPlace):
        check_in_participant(stranger, first_of(today), method=AttendanceMethod.LIST, by=trainer)


def test_check_in_before_the_day_is_refused(today, helper):
    with pytest.raises(CheckInNotOpen):
        check_in_participant(registered(today), today.sessions.last(), method=AttendanceMethod.LIST, by=helper)


@pytest.mark.parametrize("role", ["trainer", "worker"])
def test_check_in_by_a_stranger_is_refused(today, role):
    with pytest.raises(PermissionDenied):
        check_in_participant(
            registered(today), first_of(today), method=AttendanceMethod.LIST, by=person(role, organisation("elsewhere"))
        )


def test_door_closed_a_day_after_the_end_leaves_corrections_only(today, trainer, at):
    one = registered(today)
    at(today.ends + timedelta(days=1))
    with pytest.raises(CheckInClosed):
        check_in_participant(one, first_of(today), method=AttendanceMethod.LIST, by=trainer)
    with pytest.raises(CheckInClosed):
        register_walk_in(applicant(today), first_of(today), reason="She was there", by=trainer)
    assert (
        correct_attendance(first_of(today), attendees=[one], absentees=[], reason="Signed attendance sheet", by=trainer)
        == 1
    )
    correction = Correction.objects.get()
    assert correction.registration == one
    assert correction.attended
    assert correction.reason == "Signed attendance sheet"


@pytest.mark.parametrize(("late", "may"), [(timedelta(hours=23), True), (timedelta(days=1), False)])
def test_helper_lets_in_until_a_day_after_the_end(today, helper, at, late, may):
    at(today.ends + late)
    helper, seminar = User.objects.get(pk=helper.pk), Seminar.objects.get()
    asked = [helper.has_perm("trainings.check_in"), helper.has_perm("trainings.check_in", seminar)]
    asked.append(Seminar.objects.visible_to(helper).exists())
    assert asked == [may] * 3


def test_undo_keeps_the_reason(today, helper):
    noted = check_in_participant(registered(today), first_of(today), method=AttendanceMethod.LIST, by=helper)
    undo_attendance(noted, reason="Checked in by mistake", by=helper)
    assert Attendance.objects.count() == 0
    correction = Correction.objects.get()
    assert not correction.attended
    assert correction.reason == "Checked in by mistake"
    assert correction.by == helper
    with pytest.raises(AlreadySettled):
        undo_attendance(noted, reason="Repeat the passphrase", by=helper)


def test_correct_changes_only_what_the_sheet_says(today, trainer):
    one, two = registered(today), registered(today)
    check_in_participant(one, first_of(today), method=AttendanceMethod.LIST, by=trainer)
    session = first_of(today)
    assert (
        correct_attendance(session, attendees=[two], absentees=[one], reason="Signed attendance sheet", by=trainer) == 2
    )
    assert (
        correct_attendance(session, attendees=[two], absentees=[one], reason="Signed attendance sheet", by=trainer) == 0
    )
    there = Attendance.objects.get()
    assert there.registration == two
    assert there.method == AttendanceMethod.SHEET
    assert Correction.objects.count() == 2


def test_correct_by_a_helper_is_refused(today, helper):
    with pytest.raises(PermissionDenied):
        correct_attendance(first_of(today), attendees=[], absentees=[], reason="Signed attendance sheet", by=helper)


def test_walk_in_takes_a_free_seat_and_is_told(today, helper):
    noted = register_walk_in(applicant(today), first_of(today), by=helper)
    assert noted.method == AttendanceMethod.WALK_IN
    assert noted.registration.state == RegistrationState.CONFIRMED
    assert Message.objects.get().subject == "You have a place in the seminar"
    assert noted.registration.steps.get().move == RegistrationMove.ADMIT


def test_walk_in_beyond_the_seats_needs_a_reason_of_the_trainer(today, helper, trainer):
    registered(today), registered(today)
    with pytest.raises(NoFreeSeat):
        register_walk_in(applicant(today), first_of(today), by=helper)
    with pytest.raises(PermissionDenied):
        register_walk_in(applicant(today), first_of(today), reason="A chair was brought", by=helper)
    noted = register_walk_in(applicant(today), first_of(today), reason="A chair was brought", by=trainer)
    assert noted.registration.steps.get().reason == "A chair was brought"
    assert today.registrations.seated().count() == 3


def test_walk_in_of_one_who_has_a_place_checks_them_in(today, helper):
    one = registered(today, email="maria@example.org")
    noted = register_walk_in(applicant(today, email="Maria@Example.org", name=one.name), first_of(today), by=helper)
    assert noted.registration == one
    assert noted.method == AttendanceMethod.LIST


def test_walk_in_of_one_who_waits_is_out_of_order_only_with_a_reason(today, helper, trainer):
    registered(today), registered(today)
    waits = registered(today, email="maria@example.org")
    with pytest.raises(NoFreeSeat):
        register_walk_in(applicant(today, email=waits.email, name=waits.name), first_of(today), by=helper)
    again = applicant(today, email=waits.email, name=waits.name)
    noted = register_walk_in(again, first_of(today), reason="She teaches", by=trainer)
    assert noted.registration == waits
    assert noted.registration.state == RegistrationState.CONFIRMED
    assert [step.move for step in waits.steps.all()] == [RegistrationMove.PREFER, RegistrationMove.ACCEPT]


def test_walk_in_with_an_offer_takes_it(today, helper, at):
    at(timezone.now().replace(hour=7))
    first, _second, third = registered(today), registered(today), registered(today)
    give_up_registration(first, by=Participant(first))
    noted = register_walk_in(applicant(today, email=third.email, name=third.name), first_of(today), by=helper)
    assert noted.registration == third
    assert noted.registration.state == RegistrationState.CONFIRMED


def test_walk_in_at_a_cancelled_seminar_is_refused(today, trainer):
    cancel_seminar(today, by=trainer)
    with pytest.raises(NotOpen):
        register_walk_in(applicant(today), first_of(today), by=trainer)


def attended(one: Registration) -> tuple[int, int]:
    """How many minutes somebody was there, and of how many."""
    row = Registration.objects.with_eligibility().get(pk=one.pk)
    return row.attended // timedelta(minutes=1), row.total_length // timedelta(minutes=1)


def test_attendance_counts_the_minutes_of_its_session(at, trainer):
    seminar = make_seminar(days=2, lengths=(4, 1), closes=timezone.now() + timedelta(days=9))
    one = registered(seminar)
    at(seminar.ends)
    assert attended(one) == (0, 300)
    check_in_participant(one, first_of(seminar), method=AttendanceMethod.SHEET, by=trainer)
    assert attended(one) == (240, 300)
    assert list(Registration.objects.eligible_for_certificate()) == []
    Seminar.objects.update(needs_test=False)
    assert list(Registration.objects.eligible_for_certificate()) == [one]
