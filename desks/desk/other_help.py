"""What desks add to the pages of the help lines."""

from __future__ import annotations

from desks.desk.models import Desk
from partners.directory.models import Country
from partners.help_lines.other_help import HelpSection, offers_help


@offers_help
def desks_that_help(country: Country | None) -> HelpSection:
    """The desks of a country and the way to write to one; on the page of all countries, the way to all desks."""
    if country is None:
        return HelpSection("desks/desk/_way_to_desks.html")
    desks = Desk.objects.for_listing().filter(country=country)
    return HelpSection("desks/desk/_nearby_desks.html", {"country": country, "desks": desks})
