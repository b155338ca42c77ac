"""What targets of grants count of seminars: people who came, each once, and times that somebody came."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from trainings.attendance.models import Attendance
from trainings.registrations.models import Registration
from trainings.registrations.names import search_key
from victor.indicators.declarations import CountedFigure, declare_figure

if TYPE_CHECKING:
    from django.db.models import QuerySet

SMALL_GROUP = 5  # fewer people are not shown


def attendances_between(first: date, last: date) -> QuerySet[Attendance]:
    """Attendances of sessions of seminars that begin in these days and are not cancelled."""
    in_days = {"session__seminar__starts__date__gte": first, "session__seminar__starts__date__lte": last}
    return Attendance.objects.filter(**in_days, session__seminar__cancelled=False)


def count_people(first: date, last: date) -> int:
    """How many people came, by name and address: several people may share an address. Who came twice counts once."""
    came = attendances_between(first, last).values("registration")
    people = Registration.objects.filter(pk__in=came).order_by().values_list("email", "name")
    return len({(email.lower(), *sorted(search_key(name).split())) for email, name in people})


def count_registrations(first: date, last: date) -> int:
    """How often somebody came to a seminar. Who came to two seminars counts twice."""
    return attendances_between(first, last).order_by().values("registration").distinct().count()


declare_figure(
    CountedFigure(
        "trainings.people",
        _("People who attended a seminar"),
        _("people"),
        count_people,
        is_distinct=True,
        threshold=SMALL_GROUP,
    )
)
declare_figure(
    CountedFigure(
        "trainings.attendances",
        _("Participations in seminars"),
        _("participations"),
        count_registrations,
        threshold=SMALL_GROUP,
    )
)
