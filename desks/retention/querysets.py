from __future__ import annotations

from datetime import date, datetime
from typing import Self, TypedDict, cast

from django.db import models
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth


class DeletedInMonth(TypedDict):
    """What was deleted in a month, which is given by its first moment."""

    month: datetime
    reports: int
    texts: int
    all_files: int


class RetentionRuleQuerySet(models.QuerySet):
    """What can be asked of the rules of deletion."""

    def approved(self) -> Self:
        """Those that are, were or will be in force."""
        return self.filter(approved_at__isnull=False)

    def proposed(self) -> Self:
        """Those that wait for a second coordinator."""
        return self.filter(approved_at=None, withdrawn_at=None)


class HoldQuerySet(models.QuerySet):
    """What can be asked of holds by law."""

    def open(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)


class DeletionRecordQuerySet(models.QuerySet):
    """What can be asked of deletion records."""

    def by_month(self) -> list[DeletedInMonth]:
        """How many reports, texts and files were deleted in each month, the last first."""
        months = self.order_by().annotate(month=TruncMonth("erased_at")).values("month")
        sums = {"reports": Count("pk"), "texts": Sum("envelopes"), "all_files": Sum("files")}
        return cast("list[DeletedInMonth]", list(months.annotate(**sums).order_by("-month")))

    def erased_between(self, first: date, last: date) -> Self:
        """Those of reports that were deleted on these days."""
        return self.filter(erased_at__date__gte=first, erased_at__date__lte=last)
