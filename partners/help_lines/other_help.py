"""Help other than by telephone. An app that offers some declares it here, and the pages of the lines show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from partners.directory.models import Country


@dataclass(frozen=True)
class HelpSection:
    """A part of a page: its template and what the template needs."""

    template: str
    context: dict[str, object] = field(default_factory=dict)


FindSection = Callable[[Country | None], HelpSection | None]
SECTIONS: list[FindSection] = []


def offers_help(find: FindSection) -> FindSection:
    """Declare what gives a section, or none, for the page of a country; without a country, for the page of all."""
    SECTIONS.append(find)
    return find


def other_help(country: Country | None = None) -> list[HelpSection]:
    """The sections that other apps add to the page of a country, or to the page of all countries."""
    return [section for find in SECTIONS if (section := find(country))]
