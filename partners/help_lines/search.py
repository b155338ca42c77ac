"""What search indexes of help in a country."""

from __future__ import annotations

from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from victor.languages import column
from victor.publishing.search_index import Texts, searchable


@searchable(Country)
def country_text(obj: Country, language: str) -> Texts | None:
    """The name of the country and the names of its lines."""
    name = getattr(obj, column("name", language))
    if not (name and obj.in_partnership):
        return None
    lines = HelpLine.objects.published().filter(country=obj)
    return name, " ".join(getattr(line, column("name", language)) or "" for line in lines)
