from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.utils import timezone

from partners.rules import coordinates, organisations_of
from partners.states import Category, Confidence, Purpose
from victor.publishing.languages import column


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


class ContactPointQuerySet(models.QuerySet):
    """What can be asked of contact points."""

    def visible_to(self, user: Any) -> Self:
        """All for partner staff, none for anybody else."""
        return self.all() if organisations_of(user) else self.none()

    def for_listing(self) -> Self:
        """By country and organisation."""
        return self.select_related("organisation__country").order_by(
            "organisation__country__position", "organisation__position", "position", "name"
        )


class MembershipInvitationQuerySet(models.QuerySet):
    """What can be asked of invitations into an organisation."""

    def visible_to(self, user: Any) -> Self:
        """All for coordinators; those of the own organisation for its supervisors; none for anybody else."""
        if coordinates(user):
            return self.all()
        return self.filter(organisation__in=organisations_of(user, supervising=True))

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(
            invitation__accepted_at=None, invitation__revoked_at=None, invitation__expires_at__gt=timezone.now()
        )

    def for_listing(self) -> Self:
        """The newest first."""
        return self.select_related("invitation__invited_by", "organisation").order_by("-invitation__created_at")


def oldest_check_allowed() -> date | None:
    """The day before which a check is too old, or None where any age is allowed."""
    days = settings.HELP_LINE_MAX_AGE_DAYS
    return timezone.localdate() - timedelta(days=days) if days else None
