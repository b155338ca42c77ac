"""What happens to a seminar automatically, for its overview page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.evaluation.questionnaire_windows import FOLLOW_UP_AFTER, INVITED_BEFORE
from trainings.registrations.retention import erasure_days
from trainings.registrations.states import RegistrationState
from trainings.seminars.models import Seminar
from trainings.seminars.states import REMINDER_DAYS
from victor.formatting import clock, short_day


@dataclass(frozen=True)
class ScheduledMoment:
    """Something that happens automatically. `at` is in the time zone of the seminar; some things have no hour."""

    at: datetime
    what: str
    has_hour: bool = True

    @property
    def day(self) -> str:
        """24 Oct."""
        return short_day(self.at, self.at.tzinfo)

    @property
    def hour(self) -> str:
        """18:00, or nothing."""
        return clock(self.at, self.at.tzinfo) if self.has_hour else ""


def seminar_timeline(seminar: Seminar) -> list[ScheduledMoment]:
    """What is still to happen automatically, the next first."""
    now = timezone.now()
    coming = [*([] if seminar.cancelled else _moments_until_end(seminar)), *_moments_after_end(seminar)]
    local = (replace(moment, at=moment.at.astimezone(seminar.zone)) for moment in coming if moment.at > now)
    return sorted(local, key=lambda moment: moment.at)


def _moments_until_end(seminar: Seminar) -> Iterable[ScheduledMoment]:
    yield ScheduledMoment(seminar.opens, _("Registration opens"))
    yield ScheduledMoment(seminar.closes, _("Registration closes"))
    yield from _offer_moments(seminar)
    if seminar.starts:
        for days in REMINDER_DAYS:
            yield ScheduledMoment(seminar.starts - timedelta(days=days), _("Reminder to everyone with a place"))
        yield ScheduledMoment(
            seminar.starts - INVITED_BEFORE, _("Questions before the seminar to everyone with a place"), has_hour=False
        )
    for number, session in enumerate(seminar.sessions.all(), 1):
        yield ScheduledMoment(session.starts, _("Session %(number)d begins") % {"number": number})
    if seminar.ends:
        yield ScheduledMoment(seminar.ends, _("Questions after the seminar open"))
        yield ScheduledMoment(
            seminar.ends + FOLLOW_UP_AFTER, _("Questions after three months to participants"), has_hour=False
        )


def _offer_moments(seminar: Seminar) -> Iterable[ScheduledMoment]:
    """One line for all open offers. When an offer expires, the seat is offered to the next in line."""
    offered = seminar.registrations.filter(state=RegistrationState.OFFERED)
    ends = [moment for moment in offered.values_list("offer_ends", flat=True) if moment]
    if ends:
        text = ngettext(
            "%(count)d offer expires and goes to the next person in line",
            "The first of %(count)d offers expires and goes to the next person in line",
            len(ends),
        )
        yield ScheduledMoment(min(ends), text % {"count": len(ends)})


def _moments_after_end(seminar: Seminar) -> Iterable[ScheduledMoment]:
    if seminar.ends:
        needs, registrations = erasure_days(seminar.ends)
        yield ScheduledMoment(needs, _("Participants' needs are deleted"), has_hour=False)
        yield ScheduledMoment(registrations, _("Registrations are deleted; certificates stay"), has_hour=False)
