"""Questions about items. None of them depends on how many kinds there are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self, cast

from django.db import models
from django.db.models import BooleanField, Case, Count, F, Q, Value, When

FORESEEN = timedelta(days=60)


class WorkItemQuerySet(models.QuerySet):
    """Questions about open and settled items."""

    def for_person(self, pk: int, audiences: Collection[str]) -> Self:
        """Items of a person who belongs to these audiences."""
        return self.filter(audiences__overlap=list(audiences)).exclude(barred=pk)

    def open_at(self, now: datetime) -> Self:
        """Items that can be done at a moment."""
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=now), opens_at__lte=now)

    def ahead(self, now: datetime) -> Self:
        """Items that can be done within the next two months, the next first."""
        return self.filter(opens_at__gt=now, opens_at__lte=now + FORESEEN).order_by("opens_at", "pk")

    def lines(self, now: datetime) -> Self:
        """One item for each topic, its oldest: what is urgent or overdue first, then the oldest first."""
        first = self.order_by("kind", "topic", "-urgent", F("due_at").asc(nulls_last=True), "since", "pk")
        own = cast("Self", self.model._default_manager.all())
        leading = own.filter(pk__in=first.distinct("kind", "topic").values("pk"))
        pressing = Case(
            When(Q(urgent=True) | Q(due_at__lte=now), then=Value(value=True)),
            default=Value(value=False),
            output_field=BooleanField(),
        )
        pressed = leading.annotate(is_pressing=pressing)
        return pressed.order_by("-is_pressing", "-urgent", F("due_at").asc(nulls_last=True), "since", "pk")

    def numbers(self, topics: Collection[str]) -> dict[tuple[str, str], int]:
        """How many items there are of each kind and topic."""
        rows = self.filter(topic__in=topics).order_by().values_list("kind", "topic").annotate(number=Count("pk"))
        return {(kind, topic): number for kind, topic, number in rows}
