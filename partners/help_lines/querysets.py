"""Questions about help lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.directory.querysets import in_order_of
from partners.help_lines.states import PURPOSES_AS_SHOWN, Confidence, Purpose
from partners.memberships.rules import coordinates

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from partners.directory.models import Country
    from victor.accounts.models import User

# A check is asked for 30 days before it is too old.
DAYS_UNTIL_CHECK = max((settings.HELP_LINE_MAX_AGE_DAYS or 90) - 30, 0)


class HelpLineQuerySet(models.QuerySet):
    """Help lines."""

    def published(self) -> Self:
        """Lines that visitors may see: for the public, confirmed, and checked recently.

        An emergency number is shown however old its check is, since it replaces every line that is hidden.
        """
        lines = self.filter(publish=True, confidence=Confidence.HIGH)
        oldest = oldest_check_allowed()
        return lines.filter(Q(last_checked__gte=oldest) | Q(purpose=Purpose.EMERGENCY)) if oldest else lines

    def to_check(self) -> Self:
        """Lines whose check is missing or will be too old within 30 days, the oldest first."""
        limit = timezone.localdate() - timedelta(days=DAYS_UNTIL_CHECK)
        stale = Q(last_checked=None) | Q(last_checked__lt=limit)
        return self.filter(stale).order_by(F("last_checked").asc(nulls_first=True), "country", "position")

    def emergency(self) -> Self:
        """Emergency numbers."""
        return self.published().filter(purpose=Purpose.EMERGENCY).select_related("country")

    def for_help(self) -> Self:
        """Lines in the order in which they are shown, without emergency numbers and offices."""
        return self.published().exclude(purpose__in=[Purpose.EMERGENCY, Purpose.OFFICE]).for_listing()

    def for_help_in(self, countries: Iterable[Country]) -> Self:
        """Lines of these countries, together with the emergency numbers of all countries."""
        lines = self.for_listing()
        return lines.for_help().filter(country__in=countries) | lines.emergency()

    def for_listing(self) -> Self:
        """In order of purpose, with country and organisation loaded."""
        rank = in_order_of("purpose", PURPOSES_AS_SHOWN)
        return self.select_related("country", "organisation").order_by(rank, "position", "pk")

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All lines for coordinators, who check them. Published lines for other people."""
        return self.all() if coordinates(user) else self.published()


def oldest_check_allowed() -> date | None:
    """The day before which a check is too old, or None where any age is allowed."""
    days = settings.HELP_LINE_MAX_AGE_DAYS
    return timezone.localdate() - timedelta(days=days) if days else None
