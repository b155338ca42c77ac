"""What search finds of the partnership."""

from __future__ import annotations

from partners.directory.models import Network, Organisation
from victor.languages import column
from victor.publishing.search_index import Texts, searchable


@searchable(Organisation)
def organisation_text(obj: Organisation, language: str) -> Texts | None:
    """A partner by its name, in its own language too, and by what it does."""
    name, city, description = (getattr(obj, column(field, language)) for field in ("name", "city", "description"))
    return (name, f"{obj.native_name} {city or ''} {description}") if name and description else None


@searchable(Network)
def network_text(obj: Network, language: str) -> Texts | None:
    """A network by its name and its aims."""
    name, description = (getattr(obj, column(field, language)) for field in ("name", "description"))
    return (name, description) if name and description else None
