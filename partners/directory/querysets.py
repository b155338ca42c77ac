"""Questions about countries and organisations."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, Count, F, Value, When

from partners.directory.states import Category
from victor.languages import column


def in_order_of(field: str, choices: type[models.TextChoices]) -> Case:
    """An expression to sort by the order in which the choices are declared."""
    return Case(*(When(**{field: value}, then=Value(rank)) for rank, value in enumerate(choices.values)))


class CountryQuerySet(models.QuerySet):
    """Countries."""

    def in_partnership(self) -> Self:
        """Countries where a partner works, in the order of the partnership."""
        return self.filter(in_partnership=True).order_by("position")

    def with_partner_count(self) -> Self:
        """With `count`, the number of organisations in the country."""
        return self.annotate(count=Count("organisations"))

    def speaking(self, language: str) -> Self:
        """Countries of the partnership where this is an official language."""
        return self.in_partnership().filter(languages__contains=[language])


class OrganisationQuerySet(models.QuerySet):
    """Organisations."""

    def for_listing(self) -> Self:
        """In the order of the Partnership Scheme, with the country loaded."""
        rank = in_order_of("category", Category)
        return self.select_related("country").order_by(rank, "position", F(column("name")).asc(nulls_last=True), "pk")
