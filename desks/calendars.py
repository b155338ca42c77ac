"""When a desk is open, in the reader's words and in those of search engines."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from babel.dates import format_interval, get_day_names
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from desks.models import Desk, OpeningHours
from desks.opening import MIDNIGHT
from victor.publishing.languages import current, locale, shown

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def week(desk: Desk) -> list[tuple[str, str]]:
    """Days that have the same hours, and the hours: Monday – Friday, 09:00–17:00."""
    hours = list(desk.opening_hours.all())
    of_day = [[each for each in hours if each.weekday == day] for day in range(7)]
    rows = []
    for written, days in groupby(range(7), key=lambda day: ", ".join(map(_span, of_day[day]))):
        first, *_between = same = list(days)
        names = get_day_names("wide", context="stand-alone", locale=locale())
        label = names[first] if len(same) == 1 else f"{names[first]} – {names[same[-1]]}"
        rows.append((label, written or pgettext("opening hours", "closed")))
    return rows if hours else []


def closed_days(desk: Desk) -> list[str]:
    """The days, from today, on which it is closed otherwise: 24 Dec – 6 Jan."""
    today = desk.now.date()
    coming = [each for each in desk.closures.all() if each.last >= today]
    return [format_interval(each.first, each.last, "yMMMd", locale=locale()) for each in coming]


def schema(desk: Desk, lines: list[Any]) -> dict[str, Any]:
    """What a desk offers, in the words of schema.org."""
    where = {"@type": "PostalAddress", "streetAddress": desk.address, "addressCountry": desk.country_id}
    channel: dict[str, Any] = {"@type": "ServiceChannel", "availableLanguage": desk.languages}
    if lines:
        channel["servicePhone"] = [{"@type": "ContactPoint", "telephone": line.dial} for line in lines]
    if desk.address:
        channel["serviceLocation"] = {"@type": "Place", "address": where}
    return {
        "areaServed": desk.country_id,
        "provider": {
            "@type": "Organization",
            "name": shown(desk.organisation, "name").text,
            "url": desk.organisation.website,
        },
        "availableChannel": channel,
        "hoursAvailable": [_specified(each) for each in desk.opening_hours.all()]
        + [_closed(each) for each in desk.closures.all() if each.last >= timezone.localdate()],
        "inLanguage": current(),
    }


def _span(hours: OpeningHours) -> str:
    if hours.opens == hours.closes == MIDNIGHT:
        return _("day and night")
    return f"{hours.opens:%H:%M}–{_end(hours)}"


def _end(hours: OpeningHours) -> str:
    return "24:00" if hours.closes == MIDNIGHT else f"{hours.closes:%H:%M}"


def _specified(hours: OpeningHours) -> dict[str, str]:
    last = "23:59" if hours.closes == MIDNIGHT else f"{hours.closes:%H:%M}"
    day = f"https://schema.org/{DAYS[hours.weekday]}"
    return {"@type": "OpeningHoursSpecification", "dayOfWeek": day, "opens": f"{hours.opens:%H:%M}", "closes": last}


def _closed(closure: Any) -> dict[str, str]:
    """How schema.org says closed: it closes as soon as it opens."""
    span = {"validFrom": f"{closure.first}", "validThrough": f"{closure.last}"}
    return {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"} | span
