"""What search finds of the partnership."""

from __future__ import annotations

from partners.models import Country, HelpLine, Network, Organisation
from victor.publishing.languages import column
from victor.publishing.search import Texts, searchable


@searchable(Organisation)
def organisation(obj: Organisation, language: str) -> Texts | None:
    """A partner by its name, in its own language too, and by what it does."""
    name, city, description = (getattr(obj, column(field, language)) for field in ("name", "city", "description"))
    return (name, f"{obj.native_name} {city or ''} {description}") if name and description else None


@searchable(Network)
def network(obj: Network, language: str) -> Texts | None:
    """A network by its name and its aims."""
    name, description = (getattr(obj, column(field, language)) for field in ("name", "description"))
    return (name, description) if name and description else None


@searchable(Country)
def country(obj: Country, language: str) -> Texts | None:
    """Help in a country, by the country's name and its lines."""
    name = getattr(obj, column("name", language))
    if not (name and obj.in_partnership):
        return None
    lines = HelpLine.objects.published().filter(country=obj)
    return name, " ".join(getattr(line, column("name", language)) or "" for line in lines)
