"""What waits for those who look after seminars, and what happens by itself meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_skeleton
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.models import Mailing, Registration, Seminar
from trainings.opening import BEFORE_BY, FOLLOW_UP_AFTER
from trainings.retention import erased_after
from trainings.states import DAYS_BEFORE, State
from victor.publishing.languages import locale


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
    there = Registration.objects.filter(seminar__in=[each for each in seminars if not each.cancelled])
    over = there.filter(seminar__ends__lte=timezone.now()).entitled().without_certificate()
    lacking = Registration.objects.filter(pk__in=over.values("pk")).order_by().values_list("seminar")
    ready = dict(lacking.annotate(Count("pk")))
    untold = Mailing.objects.untold().filter(seminar=OuterRef("seminar"), seminar__ends__gt=timezone.now())
    open_ends = {row["seminar"]: row for row in there.open_ends().annotate(untold=Exists(untold))}
    return {each.pk: list(_named(open_ends.get(each.pk, {}), ready.get(each.pk, 0))) for each in seminars}


def timeline(seminar: Seminar) -> list[Moment]:
    """What is still to happen by itself, the next first."""
    now = timezone.now()
    coming = [*([] if seminar.cancelled else _until_the_end(seminar)), *_after_the_end(seminar)]
    there = (replace(each, at=each.at.astimezone(seminar.zone)) for each in coming if each.at > now)
    return sorted(there, key=lambda each: each.at)


def _named(open_ends: dict[str, int], ready: int) -> Iterable[Waits]:
    if open_ends.get("untold"):
        yield Waits(_("Participants have not been told yet what has changed"), "trainings:mailings")
    if count := open_ends.get("applied"):
        text = ngettext("%(count)d registration to look at", "%(count)d registrations to look at", count)
        yield Waits(text % {"count": count}, "trainings:participants")
    if count := open_ends.get("offered"):
        text = ngettext("%(count)d offer not answered yet", "%(count)d offers not answered yet", count)
        yield Waits(text % {"count": count}, "trainings:participants")
    if count := open_ends.get("silent"):
        text = ngettext("%(count)d questionnaire missing", "%(count)d questionnaires missing", count)
        yield Waits(text % {"count": count}, "trainings:questionnaires")
    if ready:
        text = ngettext("%(count)d certificate to issue", "%(count)d certificates to issue", ready)
        yield Waits(text % {"count": ready}, "trainings:certificates")


def _until_the_end(seminar: Seminar) -> Iterable[Moment]:
    yield Moment(seminar.opens, _("Registration opens"))
    yield Moment(seminar.closes, _("Registration closes"))
    yield from _offers(seminar)
    if seminar.starts:
        for days in DAYS_BEFORE:
            yield Moment(seminar.starts - timedelta(days=days), _("Who has a place is reminded"))
        yield Moment(seminar.starts - BEFORE_BY, _("Who has a place is asked what they know already"), has_hour=False)
    sessions: list[Any] = list(seminar.sessions.all())
    for number, session in enumerate(sessions, 1):
        yield Moment(session.starts, _("Session %(number)d begins") % {"number": number})
    if seminar.ends:
        yield Moment(seminar.ends, _("The questions after the seminar open"))
        yield Moment(seminar.ends + FOLLOW_UP_AFTER, _("Participants are asked what they use of it"), has_hour=False)


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
        needs, registrations = erased_after(seminar.ends)
        yield Moment(needs, _("What participants need is deleted"), has_hour=False)
        yield Moment(registrations, _("Registrations are deleted; certificates stay"), has_hour=False)
