"""What search indexes of organisations and networks."""

from __future__ import annotations

from partners.directory.models import Network, Organisation
from victor.languages import column
from victor.publishing.search_index import Texts, searchable


@searchable(Organisation)
def organisation_text(obj: Organisation, language: str) -> Texts | None:
    """The names, the city and the description of an organisation."""
    name, city, description = (getattr(obj, column(field, language)) for field in ("name", "city", "description"))
    return (name, f"{obj.native_name} {city or ''} {description}") if name and description else None


@searchable(Network)
def network_text(obj: Network, language: str) -> Texts | None:
    """The name and the description of a network."""
    name, description = (getattr(obj, column(field, language)) for field in ("name", "description"))
    return (name, description) if name and description else None
