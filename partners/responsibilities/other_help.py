"""The way from the help lines of a country to the bodies that are responsible there."""

from __future__ import annotations

from partners.directory.models import Country
from partners.help_lines.other_help import HelpSection, offers_help


@offers_help
def way_to_responsible_bodies(country: Country | None) -> HelpSection | None:
    """Who is responsible in a country; nothing on the page of all countries."""
    return HelpSection("partners/responsibilities/_way.html", {"country": country}) if country else None
