"""What search indexes of help in a country."""

from __future__ import annotations

from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from victor.languages import column
from victor.publishing.search_index import Texts, searchable


@searchable(Country)
def country_text(obj: Country, language: str) -> Texts | None:
    """The name of the country, and the names, operators and numbers of its lines."""
    name = getattr(obj, column("name", language))
    if not (name and obj.in_partnership):
        return None
    lines = HelpLine.objects.published().filter(country=obj)
    return name, " · ".join(_line_text(line, language) for line in lines)


def _line_text(line: HelpLine, language: str) -> str:
    """A line as people look for it. The number is there as it is shown and as it is dialled."""
    names = (getattr(line, column(field, language)) for field in ("name", "operator"))
    return " ".join(filter(None, [*names, line.number, line.dial if line.dial != line.number else ""]))
