"""Opening hours and closures as sentences."""

from __future__ import annotations

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from desks.desk.models import Desk, OpeningHours
from desks.desk.opening_hours import MIDNIGHT
from victor.formatting import day_names, format_interval


def weekly_hours(desk: Desk) -> list[tuple[str, str]]:
    """Days that have the same hours, and the hours: Monday – Friday, 09:00–17:00."""
    hours = list(desk.opening_hours.all())
    of_day = [[span for span in hours if span.weekday == day] for day in range(7)]
    rows = []
    for text, days in groupby(range(7), key=lambda day: ", ".join(map(_hours_text, of_day[day]))):
        same_days = list(days)
        names = day_names()
        label = names[same_days[0]]
        if len(same_days) > 1:
            label += f" – {names[same_days[-1]]}"
        rows.append((label, text or pgettext("opening hours", "closed")))
    return rows if hours else []


def closed_periods(desk: Desk) -> list[str]:
    """The days, from today, on which it is closed otherwise: 24 Dec – 6 Jan."""
    today = desk.now.date()
    closures = [closure for closure in desk.closures.all() if closure.last >= today]
    return [format_interval(closure.first, closure.last, "yMMMd") for closure in closures]


def _hours_text(hours: OpeningHours) -> str:
    if hours.opens == hours.closes == MIDNIGHT:
        return _("24 hours a day")
    return f"{hours.opens:%H:%M}–{_closing_text(hours)}"


def _closing_text(hours: OpeningHours) -> str:
    return "24:00" if hours.closes == MIDNIGHT else f"{hours.closes:%H:%M}"
