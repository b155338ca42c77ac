"""What waits for those who look after seminars, and what happens by itself meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_skeleton
from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.models import Registration, Seminar
from trainings.states import Stage, State
from victor.publishing.languages import locale

REMINDERS = (timedelta(days=7), timedelta(days=1))  # before the beginning
FOLLOW_UP = timedelta(days=90)  # after the end
NEEDS_KEPT = timedelta(days=30)  # after the end


@dataclass(frozen=True)
class Waits:
    """Something to do at a seminar, and on which of its pages; pages are named by their routes."""

    what: str
    route: str


@dataclass(frozen=True)
class Moment:
    """What happens by itself, and when, on the clocks of the seminar. Some things have a day and no hour."""

    at: datetime
    what: str
    has_hour: bool = True

    @property
    def day(self) -> str:
        """Sat 24 Oct 2026."""
        day: str = format_skeleton("yMMMEd", self.at, locale=locale())
        return day

    @property
    def hour(self) -> str:
        """18:00, or nothing."""
        hour: str = format_skeleton("Hm", self.at, locale=locale()) if self.has_hour else ""
        return hour


def waits_at(seminars: Sequence[Seminar]) -> dict[int, list[Waits]]:
    """What waits at each of these, asked for all of them at once."""
    going_on = [each for each in seminars if not each.cancelled]
    over = [each for each in going_on if each.ends and each.is_over]
    of = Registration.objects.filter(seminar__in=going_on)
    came = Registration.objects.filter(seminar__in=over, state=State.CONFIRMED).filter(attendances__isnull=False)
    applied = _by_seminar(of.filter(state=State.APPLIED))
    offered = _by_seminar(of.filter(state=State.OFFERED))
    silent = _by_seminar(came.filter(seminar__needs_test=True).exclude(handed_in__stage=Stage.AFTER))
    entitled = _by_seminar(Registration.objects.filter(seminar__in=over).entitled().without_certificate())
    return {
        each.pk: list(
            _named(
                applied.get(each.pk, 0), offered.get(each.pk, 0), silent.get(each.pk, 0), entitled.get(each.pk, 0)
            )
        )
        for each in seminars
    }


def timeline(seminar: Seminar) -> list[Moment]:
    """What is still to happen by itself, the next first."""
    now = timezone.now()
    coming = [*([] if seminar.cancelled else _until_the_end(seminar)), *_after_the_end(seminar)]
    there = (replace(each, at=each.at.astimezone(seminar.zone)) for each in coming if each.at > now)
    return sorted(there, key=lambda each: each.at)


def _by_seminar(registrations: QuerySet[Registration]) -> dict[int, int]:
    rows = registrations.order_by().values_list("seminar").annotate(Count("pk", distinct=True))
    return dict(rows)


def _named(applied: int, offered: int, silent: int, entitled: int) -> Iterable[Waits]:
    if applied:
        text = ngettext("%(count)d registration to look at", "%(count)d registrations to look at", applied)
        yield Waits(text % {"count": applied}, "trainings:participants")
    if offered:
        text = ngettext("%(count)d offer not answered yet", "%(count)d offers not answered yet", offered)
        yield Waits(text % {"count": offered}, "trainings:participants")
    if silent:
        text = ngettext("%(count)d questionnaire missing", "%(count)d questionnaires missing", silent)
        yield Waits(text % {"count": silent}, "trainings:questionnaires")
    if entitled:
        text = ngettext("%(count)d certificate to issue", "%(count)d certificates to issue", entitled)
        yield Waits(text % {"count": entitled}, "trainings:certificates")


def _until_the_end(seminar: Seminar) -> Iterable[Moment]:
    yield Moment(seminar.opens, _("Registration opens"))
    yield Moment(seminar.closes, _("Registration closes"))
    yield from _offers(seminar)
    if seminar.starts:
        for before in REMINDERS:
            yield Moment(seminar.starts - before, _("Who has a place is reminded"))
    sessions: list[Any] = list(seminar.sessions.all())
    for number, session in enumerate(sessions, 1):
        yield Moment(session.starts, _("Session %(number)d begins") % {"number": number})
    if seminar.ends:
        yield Moment(seminar.ends, _("The questions after the seminar open"))
        yield Moment(seminar.ends + FOLLOW_UP, _("Participants are asked what they use of it"), has_hour=False)


def _offers(seminar: Seminar) -> Iterable[Moment]:
    """One line for all that are out: each goes to the next in line when its time is over."""
    ends = list(seminar.registrations.filter(state=State.OFFERED).values_list("offer_ends", flat=True))
    if ends:
        text = ngettext(
            "%(count)d offer lapses and goes to the next in line",
            "The first of %(count)d offers lapses and goes to the next in line",
            len(ends),
        )
        yield Moment(min(ends), text % {"count": len(ends)})


def _after_the_end(seminar: Seminar) -> Iterable[Moment]:
    if seminar.ends:
        yield Moment(seminar.ends + NEEDS_KEPT, _("What participants need is deleted"), has_hour=False)
        years = timedelta(days=365.25 * settings.TRAINING_YEARS)
        yield Moment(seminar.ends + years, _("Registrations are deleted; certificates stay"), has_hour=False)
