"""Questions about daily totals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Sum


class DailyTotalQuerySet(models.QuerySet):
    """Daily totals."""

    def of(self, model: type[models.Model], objects: models.QuerySet | Iterable[int]) -> Self:
        """Totals of these objects of a model: a queryset or primary keys."""
        return self.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=objects)

    def between(self, first: date, last: date) -> Self:
        """Totals of these days, the last one included."""
        return self.filter(day__gte=first, day__lte=last)

    def sums_by(self, *fields: str) -> dict[tuple[Any, ...], int]:
        """The sums, by the values of these fields. Their types are those of the fields that the caller names."""
        rows = self.values_list(*fields).annotate(sum=Sum("number")).order_by(*fields)
        return {row[:-1]: row[-1] for row in rows}
