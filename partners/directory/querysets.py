from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, F, Value, When

from partners.directory.states import Category
from victor.languages import column


def in_order_of(field: str, choices: type[models.TextChoices]) -> Case:
    """Sort by the order in which the choices are declared."""
    return Case(*(When(**{field: value}, then=Value(rank)) for rank, value in enumerate(choices.values)))


class CountryQuerySet(models.QuerySet):
    """What can be asked of countries."""

    def in_partnership(self) -> Self:
        """The countries where a partner works, in the order of the partnership."""
        return self.filter(in_partnership=True).order_by("position")

    def with_partner_count(self) -> Self:
        """Each with `count`, the number of its organisations."""
        return self.annotate(count=Count("organisations"))

    def speaking(self, language: str) -> Self:
        """Those where a language of the site is spoken officially, the one named after it first."""
        return self.in_partnership().filter(languages__contains=[language])


class OrganisationQuerySet(models.QuerySet):
    """What can be asked of organisations."""

    def for_listing(self) -> Self:
        """In the order of the Partnership Scheme, with all that a list shows in one query."""
        rank = in_order_of("category", Category)
        return self.select_related("country").order_by(rank, "position", F(column("name")).asc(nulls_last=True), "pk")

    def where_works(self, user: Any) -> Self:
        """The organisations that a person belongs to."""
        return self.filter(memberships__user=user).distinct()
