from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, F, Max, Q, Value, When

from desks.rules import desks_of
from desks.states import OPEN
from partners.rules import coordinates, organisations_of
from partners.states import Role
from victor.accounts.models import User
from victor.publishing.languages import columns
from victor.publishing.querysets import PublishableQuerySet

WORKING = [Role.WORKER, Role.SUPERVISOR]


class DeskQuerySet(PublishableQuerySet):
    """What can be asked of desks."""

    def for_listing(self) -> Self:
        """By country, with all that a list shows in one query, and none of the long texts."""
        long = columns("how", "limits", "for_children", "for_professionals")
        return (
            self.published()
            .select_related("country", "organisation")
            .defer(*long)
            .prefetch_related("opening_hours", "closures")
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

    def led_by(self, user: Any) -> Self:
        """Those that the person supervises."""
        return self.filter(organisation__in=organisations_of(user, supervising=True))

    def with_readiness(self) -> Self:
        """Each with `holders`, how many colleagues can open its keys, and `rehearsed_at`, when it passed a test last.

        A vault that was set aside, and a person who has left or may not log in, do not count.
        """
        personal = "group__key__grants__holder__personal"
        holding = Q(
            **{
                f"{personal}__set_aside_at": None,
                f"{personal}__user__is_active": True,
                f"{personal}__user__memberships__organisation": F("organisation"),
                f"{personal}__user__memberships__role__in": WORKING,
            }
        )
        holders = Count(f"{personal}__user", filter=holding, distinct=True)
        return self.annotate(holders=holders, rehearsed_at=Max("rehearsals__passed_at"))


class ReportQuerySet(models.QuerySet):
    """What can be asked of reports."""

    def visible_to(self, user: Any) -> Self:
        """Those of the desks where the person works. Nobody else has a way to them, not the coordinators either."""
        return self.filter(desk__organisation__in=desks_of(user))

    def open(self) -> Self:
        """Those without an outcome."""
        return self.filter(state__in=OPEN)


def colleagues(desk: Any, *roles: Role) -> models.QuerySet[User]:
    """Those who work at a desk and may log in, in any of these roles."""
    return User.objects.filter(
        is_active=True, memberships__organisation=desk.organisation_id, memberships__role__in=roles or WORKING
    ).distinct()
