from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, Max, OuterRef, Q, Value, When

from desks.desk.errors import NoDeskKey
from desks.desk.rules import organisations_with_desk_role
from partners.agreements.models import Agreement
from partners.agreements.states import Gate
from partners.directory.querysets import spoken_first
from partners.memberships.rules import coordinates, organisations_of
from partners.memberships.states import Role
from victor.accounts.models import User
from victor.languages import columns
from victor.publishing.querysets import PublishableQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from desks.desk.models import Desk

MAX_COUNTED = 1000  # a desk with more does not need to know how many
DESK_ROLES = [Role.WORKER, Role.SUPERVISOR]


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
            .order_by(spoken_first("country__"), "country__position", "slug")
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

    def visible_to(self, user: User) -> Self:
        """In the workspace: all for coordinators, the own ones for those who work at a desk."""
        return self.all() if coordinates(user) else self.filter(organisation__in=organisations_with_desk_role(user))

    def for_worker(self, user: User) -> Self:
        """Those where the person works: coordinators have no way to what others read."""
        return self.filter(organisation__in=organisations_with_desk_role(user))

    def for_work(self) -> Self:
        """With what the work at a desk needs, and none of its public texts."""
        long = columns("summary", "how", "limits", "for_children", "for_professionals")
        return self.select_related("country").defer(*long)

    def with_counters(self, now: datetime) -> Self:
        """With how many reports wait, are overdue and tell of danger, and when the last words came."""
        here = apps.get_model("desks.Report").objects.filter(desk=OuterRef("pk"))
        waiting = here.filter(due_at__isnull=False)
        newest = here.filter(due_at__isnull=False).order_by("-received_at").values("received_at")[:1]
        return self.annotate(
            waiting=_count_up_to(waiting),
            overdue=_count_up_to(waiting.filter(due_at__lte=now)),
            in_danger=_count_up_to(waiting.filter(urgent=True)),
            first_due=models.Subquery(waiting.order_by("due_at").values("due_at")[:1]),
            newest=models.Subquery(newest),
            newest_words=models.Subquery(
                waiting.filter(unread_since__isnull=False).order_by("-unread_since").values("unread_since")[:1]
            ),
        )

    def for_supervisor(self, user: User) -> Self:
        """Those that the person supervises."""
        return self.filter(organisation__in=organisations_of(user, supervising=True))

    def with_readiness(self) -> Self:
        """Each with `key_holders`, how many colleagues open its keys, `rehearsed_at`, when it last passed a test, and
        `has_agreement`, whether its organisation is a party to a valid one that allows its publication.

        A vault that was set aside, and a person who has left or may not log in, do not count.
        """
        personal = "group__key__grants__holder__personal"
        holding = Q(
            **{
                f"{personal}__set_aside_at": None,
                f"{personal}__user__is_active": True,
                f"{personal}__user__memberships__organisation": F("organisation"),
                f"{personal}__user__memberships__role__in": DESK_ROLES,
            }
        )
        key_holders = Count(f"{personal}__user", filter=holding, distinct=True)
        allowing = Agreement.objects.valid().allowing(Gate.DESK_PUBLICATION)
        has_agreement = Exists(allowing.filter(parties__organisation=OuterRef("organisation")))
        rehearsed_at = Max("rehearsals__passed_at")
        return self.annotate(key_holders=key_holders, rehearsed_at=rehearsed_at, has_agreement=has_agreement)


def _count_up_to(reports: QuerySet) -> Func:
    """How many there are, counted no further than anybody needs: a desk that drowns is answered as fast as another."""
    counted = ArraySubquery(reports.order_by("-urgent", "due_at").values("pk")[: MAX_COUNTED + 1])
    return Func(counted, function="CARDINALITY", output_field=models.IntegerField())


def colleagues(desk: Desk, *roles: Role) -> models.QuerySet[User]:
    """Those who work at a desk and may log in, in any of these roles."""
    return User.objects.filter(
        is_active=True, memberships__organisation=desk.organisation_id, memberships__role__in=roles or DESK_ROLES
    ).distinct()


def key_holders(desk: Desk) -> models.QuerySet[User]:
    """Those who hold the keys of a desk now, and may log in. A key that was set aside does not count."""
    holds = {
        "personal_keys__set_aside_at": None,
        "personal_keys__key__grants_held__key__group": desk.group_id,
    }
    if desk.group_id is None:
        return User.objects.none()
    return User.objects.filter(is_active=True, **holds).distinct()


def require_key(desk: Desk, by: User) -> None:
    """Refuse whoever does not hold the keys of a desk.

    Raises:
        NoDeskKey: it names who holds them.
    """
    holders = key_holders(desk)
    if not holders.filter(pk=by.pk).exists():
        raise NoDeskKey(holders)
