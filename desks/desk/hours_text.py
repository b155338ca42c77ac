"""When a desk is open, in the reader's words and in those of search engines."""

from __future__ import annotations

from itertools import groupby

from babel.dates import format_interval, get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from desks.desk.models import Desk, OpeningHours
from desks.desk.opening_hours import MIDNIGHT
from victor.languages import locale


def weekly_hours(desk: Desk) -> list[tuple[str, str]]:
    """Days that have the same hours, and the hours: Monday – Friday, 09:00–17:00."""
    hours = list(desk.opening_hours.all())
    of_day = [[each for each in hours if each.weekday == day] for day in range(7)]
    rows = []
    for written, days in groupby(range(7), key=lambda day: ", ".join(map(_hours_text, of_day[day]))):
        first, *_between = same = list(days)
        names = get_day_names("wide", context="stand-alone", locale=locale())
        label = names[first] if len(same) == 1 else f"{names[first]} – {names[same[-1]]}"
        rows.append((label, written or pgettext("opening hours", "closed")))
    return rows if hours else []


def closed_periods(desk: Desk) -> list[str]:
    """The days, from today, on which it is closed otherwise: 24 Dec – 6 Jan."""
    today = desk.now.date()
    coming = [each for each in desk.closures.all() if each.last >= today]
    return [format_interval(each.first, each.last, "yMMMd", locale=locale()) for each in coming]


def _hours_text(hours: OpeningHours) -> str:
    if hours.opens == hours.closes == MIDNIGHT:
        return _("24 hours a day")
    return f"{hours.opens:%H:%M}–{_closing_text(hours)}"


def _closing_text(hours: OpeningHours) -> str:
    return "24:00" if hours.closes == MIDNIGHT else f"{hours.closes:%H:%M}"
