"""Questions about countries and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When

from partners.directory.states import Category
from victor.languages import column, current_language


def in_order_of(field: str, values: Sequence[str]) -> Case:
    """An expression to sort by the order of these values."""
    return Case(*(When(**{field: value}, then=Value(rank)) for rank, value in enumerate(values)))


def spoken_first(country: str = "") -> Case:
    """An expression to sort countries: first those where the language of the page is spoken.

    `country` is the way to the country, such as `country__`.
    """
    is_spoken = Q(**{f"{country}languages__contains": [current_language()]})
    return Case(When(is_spoken, then=Value(0)), default=Value(1))


class CountryQuerySet(models.QuerySet):
    """Countries."""

    def in_partnership(self) -> Self:
        """Countries where a partner works, in the order of the partnership."""
        return self.filter(in_partnership=True).order_by("position")

    def for_readers(self) -> Self:
        """The same, but first those where the language of the page is spoken: most readers look for theirs."""
        return self.in_partnership().order_by(spoken_first(), "position")

    def with_partner_count(self) -> Self:
        """With `count`, the number of partners in the country."""
        return self.annotate(count=Count("organisations", filter=Q(organisations__left_on=None)))

    def speaking(self, language: str) -> Self:
        """Countries of the partnership where this is an official language."""
        return self.in_partnership().filter(languages__contains=[language])


class OrganisationQuerySet(models.QuerySet):
    """Organisations."""

    def present(self) -> Self:
        """Those that have not left the partnership."""
        return self.filter(left_on=None)

    def for_listing(self) -> Self:
        """In the order of the Partnership Scheme, with the country loaded."""
        rank = in_order_of("category", Category.values)
        return self.select_related("country").order_by(rank, "position", F(column("name")).asc(nulls_last=True), "pk")
