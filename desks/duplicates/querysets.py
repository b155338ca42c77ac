from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from desks.duplicates.states import TokenKind

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from victor.accounts.models import User

DAYS_SHOWN = 30


class BlindTokenQuerySet(models.QuerySet):
    """What can be asked of blind tokens."""

    def at(self, desk: Desk) -> Self:
        """Those of the records of one's own desk."""
        return self.filter(desk=desk)

    def elsewhere(self, desk: Desk) -> Self:
        """Those of the records of all other desks."""
        return self.exclude(desk=desk)

    def like(self, values: Collection[str]) -> Self:
        """Those with one of these values."""
        return self.filter(value__in=list(values))

    def with_year(self, keys: Collection[UUID]) -> set[UUID]:
        """Which of these records say in which year the child was born."""
        dated = self.filter(key__in=list(keys), kind__in=[TokenKind.NAME_YEAR, TokenKind.PART_YEAR])
        return set(dated.values_list("key_id", flat=True))


class DeskSearchQuerySet(models.QuerySet):
    """What can be asked of searches at other desks."""

    def today(self, person: User, desk: Desk) -> Self:
        """Those of a person since midnight, by the clock of their desk."""
        return self.filter(by=person, at__gte=desk.now.replace(hour=0, minute=0, second=0, microsecond=0))


class DeskQuestionQuerySet(models.QuerySet):
    """What can be asked of the questions that a desk was asked."""

    def shown_at(self, desk: Desk, now: datetime) -> Self:
        """Those of the last weeks, the newest first: who asked, and when."""
        recent = self.filter(desk=desk, search__at__gte=now - timedelta(days=DAYS_SHOWN))
        return recent.select_related("search__desk__country").order_by("-search__at")
