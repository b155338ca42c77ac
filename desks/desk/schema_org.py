"""A desk in the words of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from desks.desk.models import Desk, OpeningHours
from desks.desk.opening_hours import MIDNIGHT
from victor.languages import interface_language, language_tag, local_text

if TYPE_CHECKING:
    from desks.desk.models import Closure
    from partners.help_lines.models import HelpLine

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def desk_schema(desk: Desk, lines: list[HelpLine]) -> dict[str, object]:
    """What a desk offers, in the words of schema.org."""
    where = {"@type": "PostalAddress", "streetAddress": desk.address, "addressCountry": desk.country_id}
    channel: dict[str, object] = {"@type": "ServiceChannel", "availableLanguage": desk.languages}
    if lines:
        channel["servicePhone"] = [{"@type": "ContactPoint", "telephone": line.dial} for line in lines]
    if desk.address:
        channel["serviceLocation"] = {"@type": "Place", "address": where}
    return {
        "areaServed": desk.country_id,
        "provider": {
            "@type": "Organization",
            "name": local_text(desk.organisation, "name").text,
            "url": desk.organisation.website,
        },
        "availableChannel": channel,
        "hoursAvailable": [_opening_specification(span) for span in desk.opening_hours.all()]
        + [_closure_specification(closure) for closure in desk.closures.all() if closure.last >= timezone.localdate()],
        "inLanguage": language_tag(interface_language()),
    }


def _opening_specification(hours: OpeningHours) -> dict[str, str]:
    last = "23:59" if hours.closes == MIDNIGHT else f"{hours.closes:%H:%M}"
    day = f"https://schema.org/{WEEKDAY_NAMES[hours.weekday]}"
    return {"@type": "OpeningHoursSpecification", "dayOfWeek": day, "opens": f"{hours.opens:%H:%M}", "closes": last}


def _closure_specification(closure: Closure) -> dict[str, str]:
    """How schema.org says closed: it closes as soon as it opens."""
    span = {"validFrom": f"{closure.first}", "validThrough": f"{closure.last}"}
    return {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"} | span
