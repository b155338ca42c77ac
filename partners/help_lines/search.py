"""What search indexes of help in a country, and what staff find of helplines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from victor.languages import column, columns, local_text
from victor.publishing.search_index import Texts, searchable
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


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


@finds_for_staff(_("Helplines"), rank=40)
def lines(user: User, question: Question) -> Iterator[Hit]:
    """Lines by their number, name or operator. Whoever edits them comes to their form."""
    edits = user.has_perm("partners.change_helpline")
    for line in HelpLine.objects.visible_to(user).select_related("country").order_by("country__position", "position"):
        texts = [getattr(line, name) for name in columns("name", "operator")]
        if question.fits(line.number, line.dial, *texts):
            country = local_text(line.country, "name").text
            page = reverse("partners:help_country", args=[line.country_id.lower()])
            url = reverse("admin:partners_helpline_change", args=[line.pk]) if edits else page
            yield Hit(line.number, f"{local_text(line, 'name').text} · {country}", url)
