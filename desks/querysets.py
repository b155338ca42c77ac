from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Max, Q, Sum, Value, When
from django.db.models.functions import TruncMonth

from desks.rules import desks_of
from desks.states import OPEN, Voice
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

    def worked_by(self, user: Any) -> Self:
        """Those where the person works: coordinators have no way to what others read."""
        return self.filter(organisation__in=desks_of(user))


class ReportQuerySet(models.QuerySet):
    """What can be asked of reports."""

    def visible_to(self, user: Any) -> Self:
        """Those of the desks where the person works. Nobody else has a way to them, not the coordinators either."""
        return self.filter(desk__organisation__in=desks_of(user))

    def open(self) -> Self:
        """Those without an outcome."""
        return self.filter(state__in=OPEN)

    def with_last_words(self) -> Self:
        """With when reporter or desk said something to the other for the last time."""
        return self.annotate(last_words=Max("messages__written_at", filter=~Q(messages__voice=Voice.NOTE)))


class RetentionRuleQuerySet(models.QuerySet):
    """What can be asked of the rules of deletion."""

    def approved(self) -> Self:
        """Those that hold, held or will hold."""
        return self.filter(approved_at__isnull=False)

    def proposed(self) -> Self:
        """Those that wait for a second coordinator."""
        return self.filter(approved_at=None, withdrawn_at=None)


class HoldQuerySet(models.QuerySet):
    """What can be asked of holds by law."""

    def open(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)


class TombstoneQuerySet(models.QuerySet):
    """What can be asked of the proofs of deletion."""

    def by_month(self) -> list[dict[str, Any]]:
        """How many reports, texts and files were deleted in each month, the last first."""
        months = self.order_by().annotate(month=TruncMonth("erased_at")).values("month")
        sums = {"reports": Count("pk"), "texts": Sum("envelopes"), "all_files": Sum("files")}
        return list(months.annotate(**sums).order_by("-month"))

    def erased_between(self, first: date, last: date) -> Self:
        """Those of reports that were deleted on these days."""
        return self.filter(erased_at__date__gte=first, erased_at__date__lte=last)
