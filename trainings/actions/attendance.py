"""Who was there: noted at the door, and put right from the signed sheet.

Nothing here is lost when it is told twice: a telephone that was out of reach sends what it has noted again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trainings.actions.registration import let_in
from trainings.errors import NoPlace, NotPossible, NotYet, TooLate
from trainings.models import Attendance, Correction, Registration, Session
from trainings.states import Method, State
from victor.access import System, require
from victor.audit.actions import record


@transaction.atomic
def check_in(
    registration: Registration, session: Session, *, method: Method, by: Any, at: datetime | None = None
) -> Attendance:
    """Note that somebody is there, since `at` where a telephone was out of reach; noted before, it stays as it is.

    Raises:
        NoPlace: the person has none in this seminar.
        NotYet: the session is on a later day.
        TooLate: the seminar ended a day ago or earlier.
    """
    require(by, "trainings.check_in", session.seminar)
    _refuse_late(session)
    return _noted(registration, session, method=method, by=by, at=at)


@transaction.atomic
def walk_in(registration: Registration, session: Session, *, reason: str = "", by: Any) -> Attendance:
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
    seated = let_in(registration, reason=reason, by=by)
    method = Method.WALK_IN if seated is registration else Method.LIST
    return check_in(seated, session, method=method, by=by)


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
        raise NotPossible
    _note(attendance.registration, session, came=False, reason=reason, by=by)


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
        _noted(registration, session, method=Method.SHEET, by=by)
        _note(registration, session, came=True, reason=reason, by=by)
    for attendance in wrong:
        attendance.session = session
        undo_attendance(attendance, reason=reason, by=by)
    return len(missed) + len(wrong)


def _noted(
    registration: Registration, session: Session, *, method: Method, by: Any, at: datetime | None = None
) -> Attendance:
    _refuse_early(session)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if registration.seminar_id != session.seminar_id or registration.state != State.CONFIRMED:
        raise NoPlace
    given = {"method": method, "by": _who(by), "at": at or timezone.now()}
    attendance, is_new = Attendance.objects.get_or_create(registration=registration, session=session, defaults=given)
    if is_new:
        record("attendance.noted", registration, by=by, session=session.pk, method=str(method))
    return attendance


def _refuse_early(session: Session) -> None:
    if session.local_starts.date() > timezone.now().astimezone(session.zone).date():
        raise NotYet


def _refuse_late(session: Session) -> None:
    if session.seminar.door_is_closed:
        raise TooLate


def _note(registration: Registration, session: Session, *, came: bool, reason: str, by: Any) -> None:
    Correction.objects.create(registration=registration, session=session, came=came, reason=reason, by=_who(by))
    record("attendance.corrected", registration, by=by, session=session.pk, came=came)


def _who(by: Any) -> Any:
    return None if isinstance(by, System) else by
