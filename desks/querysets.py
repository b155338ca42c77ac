from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Case, Q, Value, When

from desks.rules import desks_of
from desks.states import OPEN
from partners.rules import coordinates
from victor.publishing.languages import columns
from victor.publishing.querysets import PublishableQuerySet


class DeskQuerySet(PublishableQuerySet):
    """What can be asked of desks."""

    def for_listing(self) -> Self:
        """By country, with all that a list shows in one query, and none of the long texts."""
        long = columns("how", "limits", "for_children", "for_professionals")
        return (
            self.published()
            .select_related("country", "organisation")
            .defer(*long)
            .order_by("country__position", "slug")
        )

    def for_report(self, country: str, language: str) -> Self:
        """The desks that can take a report, the fittest first: of the country, speaking the language, the fallback."""
        fits = Case(
            When(Q(country=country, languages__contains=[language]), then=Value(0)),
            When(Q(country=country), then=Value(1)),
            When(Q(is_fallback=True, languages__contains=[language]), then=Value(2)),
            When(Q(languages__contains=[language]), then=Value(3)),
            When(Q(is_fallback=True), then=Value(4)),
            default=Value(5),
        )
        taking = self.published().filter(takes_reports=True, group__isnull=False)
        return taking.annotate(fits=fits).filter(fits__lt=5).order_by("fits", "country__position", "pk")

    def visible_to(self, user: Any) -> Self:
        """In the workspace: all for coordinators, the own ones for those who work at a desk."""
        return self.all() if coordinates(user) else self.filter(organisation__in=desks_of(user))


class ReportQuerySet(models.QuerySet):
    """What can be asked of reports."""

    def visible_to(self, user: Any) -> Self:
        """Those of the desks where the person works. Nobody else has a way to them, not the coordinators either."""
        return self.filter(desk__organisation__in=desks_of(user))

    def open(self) -> Self:
        """Those without an outcome."""
        return self.filter(state__in=OPEN)
