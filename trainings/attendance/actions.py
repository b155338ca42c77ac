"""Who was there: noted at the door, and corrected from the signed list.

Every action may be repeated: a telephone that was offline sends its notes again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from trainings.attendance.errors import CheckInClosed, CheckInNotOpen, NoConfirmedPlace
from trainings.attendance.models import Attendance, Correction
from trainings.attendance.states import AttendanceMethod
from trainings.registrations import emails as registrations_emails
from trainings.registrations.errors import NoFreeSeat, NotOpen, PerhapsRegistered
from trainings.registrations.models import Registration
from trainings.registrations.names import is_same_person
from trainings.registrations.seats import Seats
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import SeatChanges, lock_seminar
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar, Session
from victor.access import Actor, account_of, require
from victor.audit.actions import record

MOVES_AT_DOOR = {  # what happens to the registration of a person at the door
    RegistrationState.APPLIED: [(RegistrationMove.ADMIT, RegistrationState.CONFIRMED)],
    RegistrationState.WAITING: [
        (RegistrationMove.PREFER, RegistrationState.OFFERED),
        (RegistrationMove.ACCEPT, RegistrationState.CONFIRMED),
    ],
    RegistrationState.OFFERED: [(RegistrationMove.ACCEPT, RegistrationState.CONFIRMED)],
}


@transaction.atomic
def check_in_participant(
    registration: Registration, session: Session, *, method: AttendanceMethod, by: Actor, at: datetime | None = None
) -> Attendance:
    """Note that a participant is at a session. What is noted already stays as it is.

    `at` is the moment at which a telephone without a connection noted it; the default is now.

    Raises:
        NoConfirmedPlace: the person has no confirmed seat at this seminar.
        CheckInNotOpen: the session is on a later day.
        CheckInClosed: the seminar ended a day ago or earlier.
    """
    require(by, "trainings.check_in", session.seminar)
    _refuse_late(session)
    return _note_attendance(registration, session, method=method, by=by, at=at)


@transaction.atomic
def register_walk_in(
    registration: Registration,
    session: Session,
    *,
    reason: str = "",
    same_as: Registration | None = None,
    is_another: bool = False,
    by: Actor,
) -> Attendance:
    """Register a person who came without registration, and check them in.

    `same_as` is the registration of whom the helper has recognised; `is_another` says that it is nobody who is
    registered.

    Raises:
        NotOpen: the seminar is cancelled.
        NoFreeSeat: no seat is free; a trainer may give a reason to admit the person all the same.
        CheckInNotOpen: the session is on a later day.
        CheckInClosed: the seminar ended a day ago or earlier.
        PerhapsRegistered: somebody else is registered with this address, and the helper has not said who this is.
    """
    _refuse_early(session)
    _refuse_late(session)
    registration.seminar = session.seminar
    admitted = admit_at_door(registration, reason=reason, same_as=same_as, is_another=is_another, by=by)
    method = AttendanceMethod.WALK_IN if admitted is registration else AttendanceMethod.LIST
    return check_in_participant(admitted, session, method=method, by=by)


@transaction.atomic
def admit_at_door(
    registration: Registration,
    *,
    reason: str = "",
    same_as: Registration | None = None,
    is_another: bool = False,
    by: Actor,
) -> Registration:
    """Give a seat to a person at the door. An open registration of the same person is used, and returned.

    Raises:
        NotOpen: the seminar is cancelled.
        NoFreeSeat: no seat is free, and no reason was given.
        PerhapsRegistered: somebody else is registered with this address, and neither `same_as` nor `is_another` says
            who this is.
    """
    seminar = lock_seminar(registration.seminar)
    require(by, "trainings.manage" if reason else "trainings.check_in", seminar)
    if seminar.cancelled:
        raise NotOpen
    earlier = _earlier_registration(registration, seminar, same_as=same_as, is_another=is_another)
    registration = earlier or registration
    registration.seminar = seminar
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    if not (reason or registration.state == RegistrationState.OFFERED or Seats(seminar).have(registration)):
        raise NoFreeSeat
    changes = SeatChanges()
    if not earlier:
        registration.state = RegistrationState.APPLIED
        registration.save()
        changes.log("registration.came", registration, by=by, state=str(registration.state))
    registration.offer_ends = timezone.now()
    for move, state in MOVES_AT_DOOR[RegistrationState(registration.state)]:
        changes.move(registration, move, state, by=by, reason=reason or pgettext("reason", "Registered at the door"))
    changes.mail(registrations_emails.send_place_confirmed, registration)
    changes.finish()
    return registration


def _earlier_registration(
    registration: Registration, seminar: Seminar, *, same_as: Registration | None, is_another: bool
) -> Registration | None:
    """The open registration of the person at the door, locked; None for a new one."""
    others = seminar.registrations.open().of_mailbox(registration.email)
    person = registration.name, registration.email
    same = [other for other in others if is_same_person(person, (other.name, other.email)) or other == same_as]
    if same:
        return Registration.objects.select_for_update().get(pk=same[0].pk)
    if others and not is_another:
        raise PerhapsRegistered(others)
    return None


@transaction.atomic
def undo_attendance(attendance: Attendance, *, reason: str, by: Actor) -> None:
    """Delete the note that a participant was there. The reason is kept.

    Raises:
        AlreadySettled: somebody else has deleted it.
    """
    session = attendance.session
    require(by, "trainings.check_in", session.seminar)
    list(Registration.objects.filter(pk=attendance.registration_id).locked())
    count, _by_model = Attendance.objects.filter(pk=attendance.pk).delete()
    if not count:
        raise AlreadySettled
    _note_correction(attendance.registration, session, attended=False, reason=reason, by=by)


@transaction.atomic
def correct_attendance(
    session: Session,
    *,
    attendees: Collection[Registration],
    absentees: Collection[Registration],
    reason: str,
    by: Actor,
) -> int:
    """Correct the list from the signed list, however long ago the session was. Return the number of corrections.

    Raises:
        NoConfirmedPlace: one of the attendees has no confirmed seat at this seminar.
        CheckInNotOpen: the session is on a later day.
    """
    require(by, "trainings.manage", session.seminar)
    lock_seminar(session.seminar)  # who changes the seminar writes the open items of these people as well
    pks = {registration.pk for registration in (*attendees, *absentees)}
    registrations = list(Registration.objects.filter(pk__in=pks).locked())
    noted = {attendance.registration_id: attendance for attendance in session.attendances.all()}
    missed = [
        registration for registration in registrations if registration in attendees and registration.pk not in noted
    ]
    wrong = [noted[person.pk] for person in registrations if person in absentees and person.pk in noted]
    for registration in missed:
        _note_attendance(registration, session, method=AttendanceMethod.SHEET, by=by)
        _note_correction(registration, session, attended=True, reason=reason, by=by)
    for attendance in wrong:
        attendance.session = session
        undo_attendance(attendance, reason=reason, by=by)
    return len(missed) + len(wrong)


def _note_attendance(
    registration: Registration, session: Session, *, method: AttendanceMethod, by: Actor, at: datetime | None = None
) -> Attendance:
    _refuse_early(session)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if registration.seminar_id != session.seminar_id or registration.state != RegistrationState.CONFIRMED:
        raise NoConfirmedPlace
    defaults = {"method": method, "by": account_of(by), "at": at or timezone.now()}
    attendance, is_new = Attendance.objects.get_or_create(registration=registration, session=session, defaults=defaults)
    if is_new:
        record("attendance.noted", registration, by=by, session=session.pk, method=str(method))
    return attendance


def _refuse_early(session: Session) -> None:
    if session.local_starts.date() > timezone.now().astimezone(session.zone).date():
        raise CheckInNotOpen


def _refuse_late(session: Session) -> None:
    if session.seminar.door_is_closed:
        raise CheckInClosed


def _note_correction(registration: Registration, session: Session, *, attended: bool, reason: str, by: Actor) -> None:
    Correction.objects.create(
        registration=registration, session=session, attended=attended, reason=reason, by=account_of(by)
    )
    record("attendance.corrected", registration, by=by, session=session.pk, came=attended)
