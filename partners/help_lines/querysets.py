from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.directory.querysets import in_order_of
from partners.help_lines.states import Confidence, Purpose
from partners.memberships.rules import coordinates


class HelpLineQuerySet(models.QuerySet):
    """What can be asked of help lines."""

    def published(self) -> Self:
        """Those that visitors may see: confirmed, meant for the public, and checked recently enough.

        Emergency numbers stand in for every line that is hidden, so age does not hide them.
        """
        lines = self.filter(publish=True, confidence=Confidence.HIGH)
        oldest = oldest_check_allowed()
        return lines.filter(Q(last_checked__gte=oldest) | Q(purpose=Purpose.EMERGENCY)) if oldest else lines

    def to_check(self) -> Self:
        """Those whose check is missing or will be too old within a month; the oldest first."""
        limit = timezone.localdate() - timedelta(days=max((settings.HELP_LINE_MAX_AGE_DAYS or 90) - 30, 0))
        stale = Q(last_checked=None) | Q(last_checked__lt=limit)
        return self.filter(stale).order_by(F("last_checked").asc(nulls_first=True), "country", "position")

    def emergency(self) -> Self:
        """The numbers to dial in danger."""
        return self.published().filter(purpose=Purpose.EMERGENCY).select_related("country")

    def for_help(self) -> Self:
        """Lines that help, in the order in which they are shown: not emergency numbers, not offices."""
        return self.published().exclude(purpose__in=[Purpose.EMERGENCY, Purpose.OFFICE]).for_listing()

    def for_help_in(self, countries: Any) -> Self:
        """Those that help in these countries, after the emergency numbers of all."""
        lines = self.for_listing()
        return lines.for_help().filter(country__in=countries) | lines.emergency()

    def for_listing(self) -> Self:
        """In order of purpose, with all that a row shows in one query."""
        rank = in_order_of("purpose", Purpose)
        return self.select_related("country", "organisation").order_by(rank, "position", "pk")

    def visible_to(self, user: Any) -> Self:
        """Every line for those who check them; what is published for everybody else."""
        return self.all() if coordinates(user) else self.published()


def oldest_check_allowed() -> date | None:
    """The day before which a check is too old, or None where any age is allowed."""
    days = settings.HELP_LINE_MAX_AGE_DAYS
    return timezone.localdate() - timedelta(days=days) if days else None
