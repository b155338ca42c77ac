"""Who was there: noted at the door, and put right from the signed sheet.

Nothing here is lost when it is told twice: a telephone that was out of reach sends what it has noted again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings.attendance.errors import CheckInClosed, CheckInNotOpen, NoConfirmedPlace
from trainings.attendance.models import Attendance, Correction
from trainings.attendance.states import AttendanceMethod
from trainings.registrations import emails as registrations_emails
from trainings.registrations.errors import NoFreeSeat, NotOpen
from trainings.registrations.models import Registration
from trainings.registrations.seats import Seats
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import lock_seminar, move_registration
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Session
from victor.access import System, require
from victor.audit.actions import record


@transaction.atomic
def check_in_participant(
    registration: Registration, session: Session, *, method: AttendanceMethod, by: Any, at: datetime | None = None
) -> Attendance:
    """Note that somebody is there, since `at` where a telephone was out of reach; noted before, it stays as it is.

    Raises:
        NoPlace: the person has none in this seminar.
        NotYet: the session is on a later day.
        TooLate: the seminar ended a day ago or earlier.
    """
    require(by, "trainings.check_in", session.seminar)
    _refuse_late(session)
    return _note_attendance(registration, session, method=method, by=by, at=at)


@transaction.atomic
def register_walk_in(registration: Registration, session: Session, *, reason: str = "", by: Any) -> Attendance:
    """Register somebody who has come without it, and check them in.

    Raises:
        NotOpen: the seminar is cancelled.
        NoFreeSeat: none is free; whoever trains may give a reason to let them in all the same.
        NotYet: the session is on a later day.
        TooLate: the seminar ended a day ago or earlier.
    """
    _refuse_early(session)
    _refuse_late(session)
    registration.seminar = session.seminar
    seated = admit_at_door(registration, reason=reason, by=by)
    method = AttendanceMethod.WALK_IN if seated is registration else AttendanceMethod.LIST
    return check_in_participant(seated, session, method=method, by=by)


@transaction.atomic
def undo_attendance(attendance: Attendance, *, reason: str, by: Any) -> None:
    """Somebody was not there after all; the reason is kept.

    Raises:
        NotPossible: it was undone before.
    """
    session = attendance.session
    require(by, "trainings.check_in", session.seminar)
    list(Registration.objects.filter(pk=attendance.registration_id).locked())
    gone, _each = Attendance.objects.filter(pk=attendance.pk).delete()
    if not gone:
        raise AlreadySettled
    _note_correction(attendance.registration, session, came=False, reason=reason, by=by)


@transaction.atomic
def correct_attendance(
    session: Session, *, came: Collection[Registration], stayed_away: Collection[Registration], reason: str, by: Any
) -> int:
    """Put the list right from the signed sheet, however long ago it was; return for how many it was wrong.

    Raises:
        NoPlace: somebody has none in this seminar.
        NotYet: the session is on a later day.
    """
    require(by, "trainings.manage", session.seminar)
    told = list(Registration.objects.filter(pk__in={each.pk for each in (*came, *stayed_away)}).locked())
    known = {each.registration_id: each for each in session.attendances.all()}
    missed = [each for each in told if each in came and each.pk not in known]
    wrong = [known[each.pk] for each in told if each in stayed_away and each.pk in known]
    for registration in missed:
        _note_attendance(registration, session, method=AttendanceMethod.SHEET, by=by)
        _note_correction(registration, session, came=True, reason=reason, by=by)
    for attendance in wrong:
        attendance.session = session
        undo_attendance(attendance, reason=reason, by=by)
    return len(missed) + len(wrong)


def _note_attendance(
    registration: Registration, session: Session, *, method: AttendanceMethod, by: Any, at: datetime | None = None
) -> Attendance:
    _refuse_early(session)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if registration.seminar_id != session.seminar_id or registration.state != RegistrationState.CONFIRMED:
        raise NoConfirmedPlace
    given = {"method": method, "by": _account_of(by), "at": at or timezone.now()}
    attendance, is_new = Attendance.objects.get_or_create(registration=registration, session=session, defaults=given)
    if is_new:
        record("attendance.noted", registration, by=by, session=session.pk, method=str(method))
    return attendance


def _refuse_early(session: Session) -> None:
    if session.local_starts.date() > timezone.now().astimezone(session.zone).date():
        raise CheckInNotOpen


def _refuse_late(session: Session) -> None:
    if session.seminar.door_is_closed:
        raise CheckInClosed


def _note_correction(registration: Registration, session: Session, *, came: bool, reason: str, by: Any) -> None:
    Correction.objects.create(registration=registration, session=session, came=came, reason=reason, by=_account_of(by))
    record("attendance.corrected", registration, by=by, session=session.pk, came=came)


def _account_of(by: Any) -> Any:
    return None if isinstance(by, System) else by


MOVES_AT_DOOR = {  # of whoever stands at the door
    RegistrationState.APPLIED: [(RegistrationMove.ADMIT, RegistrationState.CONFIRMED)],
    RegistrationState.WAITING: [
        (RegistrationMove.PREFER, RegistrationState.OFFERED),
        (RegistrationMove.ACCEPT, RegistrationState.CONFIRMED),
    ],
    RegistrationState.OFFERED: [(RegistrationMove.ACCEPT, RegistrationState.CONFIRMED)],
}


@transaction.atomic
def admit_at_door(registration: Registration, *, reason: str = "", by: Any) -> Registration:
    """Give a seat to whoever stands at the door, known by the address or not. Beyond the seats, who trains says why.

    Raises:
        NotOpen: the seminar is cancelled.
        NoFreeSeat: none is free, and no reason was given.
    """
    seminar = lock_seminar(registration.seminar)
    require(by, "trainings.manage" if reason else "trainings.check_in", seminar)
    if seminar.cancelled:
        raise NotOpen
    known = seminar.registrations.open().select_for_update().filter(email__iexact=registration.email).first()
    registration = known or registration
    registration.seminar = seminar
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    if not (reason or registration.state == RegistrationState.OFFERED or Seats(seminar).have(registration)):
        raise NoFreeSeat
    if not known:
        registration.state = RegistrationState.APPLIED
        registration.save()
        record("registration.came", registration, by=by, state=str(registration.state))
    registration.offer_ends = timezone.now()
    for move, state in MOVES_AT_DOOR[RegistrationState(registration.state)]:
        move_registration(registration, move, state, by=by, reason=reason or _("At the door"))
    registrations_emails.send_place_confirmed(registration)
    return registration
