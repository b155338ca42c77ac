from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.rules import coordinates
from trainings.rules import trained_by
from trainings.states import OPEN, SEATED, Stage, State
from victor.publishing.languages import columns
from victor.publishing.querysets import PublishableQuerySet


class ModuleQuerySet(PublishableQuerySet):
    """What can be asked of modules."""


class CourseQuerySet(PublishableQuerySet):
    """What can be asked of courses."""


class SeminarQuerySet(PublishableQuerySet):
    """What can be asked of seminars."""

    def visible_to(self, user: Any) -> Self:
        """All for coordinators, those of their organisations for trainers, those where they help for helpers."""
        if coordinates(user):
            return self.all()
        return self.filter(Q(organisation__in=trained_by(user)) | Q(helpers=user.pk)).distinct()

    def upcoming(self) -> Self:
        """Those that are not over, the next first."""
        return self.filter(ends__gt=timezone.now()).order_by("starts", "slug")

    def past(self) -> Self:
        """Those that are over, the latest first."""
        return self.filter(ends__lte=timezone.now()).order_by("-ends", "-slug")

    def with_taken(self) -> Self:
        """Each with `taken`, the seats that are somebody's, and `queue`, how many wait."""
        return self.annotate(taken=self._counted(SEATED), queue=self._counted((State.WAITING,)))

    def with_a_line(self) -> Self:
        """Those where an offer has lapsed, or somebody waits for a beginning that is still to come."""
        now = timezone.now()
        waits = Q(registrations__state=State.WAITING) & (Q(starts=None) | Q(starts__gt=now))
        lapsed = Q(registrations__state=State.OFFERED, registrations__offer_ends__lte=now)
        return self.filter(waits | lapsed, cancelled=False).distinct()

    def for_listing(self) -> Self:
        """With all that a row shows in one query."""
        own = ["slug", "starts", "ends", "cancelled", "online", "seats", "opens", "closes", "language", "professions"]
        where = ["country__time_zone", *columns("country__name")]
        return self.select_related("country").with_only(*own, *columns("title", "place"), *where)

    def _counted(self, states: tuple[State, ...]) -> Coalesce:
        rows: Any = self.model._meta.get_field("registrations").related_model._default_manager
        of_each = rows.filter(seminar=OuterRef("pk"), state__in=states).order_by().values("seminar")
        number = Subquery(of_each.values(number=Count("pk")), output_field=IntegerField())
        return Coalesce(number, Value(0))


class RegistrationQuerySet(models.QuerySet):
    """What can be asked of registrations. The order in which they came is that of their numbers."""

    def visible_to(self, user: Any) -> Self:
        """Those of the seminars that a person looks after: helpers see whom they let in elsewhere."""
        return self.all() if coordinates(user) else self.filter(seminar__organisation__in=trained_by(user))

    def open(self) -> Self:
        """Neither given up nor refused."""
        return self.filter(state__in=OPEN)

    def seated(self) -> Self:
        """Those that have a seat, or are offered one."""
        return self.filter(state__in=SEATED)

    def in_line(self) -> Self:
        """Who waits, in the order of arrival."""
        return self.filter(state=State.WAITING).order_by("pk")

    def lapsing(self) -> Self:
        """Offers whose time is over."""
        return self.filter(state=State.OFFERED, offer_ends__lte=timezone.now()).order_by("offer_ends", "pk")

    def came(self) -> Self:
        """Those who were there at any session."""
        return self.filter(attendances__isnull=False).distinct()

    def with_attended(self) -> Self:
        """Each with `attended`, how long they were there."""
        length = models.ExpressionWrapper(
            F("attendances__session__ends") - F("attendances__session__starts"), models.DurationField()
        )
        return self.annotate(attended=Coalesce(models.Sum(length), Value(timedelta())))

    def with_entitlement(self) -> Self:
        """Each with `attended` of `held`, whether that is `enough`, and whether the questionnaire after the seminar
        is `handed_in_after`; where the seminar needs none, it counts as handed in."""
        attendances = self._related("attendances")
        sessions = attendances.model._meta.get_field("session").related_model._default_manager
        after = self._related("handed_in").filter(registration=OuterRef("pk"), stage=Stage.AFTER)
        needed = models.ExpressionWrapper(F("held") * F("seminar__share") / 100.0, models.DurationField())
        return self.annotate(
            attended=_length(attendances.filter(registration=OuterRef("pk")), "registration", "session__"),
            held=_length(sessions.filter(seminar=OuterRef("seminar")), "seminar"),
            handed_in_after=models.Case(
                models.When(seminar__needs_test=False, then=Value(value=True)), default=models.Exists(after)
            ),
        ).annotate(
            enough=models.Case(
                models.When(held__gt=timedelta(), attended__gte=needed, then=Value(value=True)),
                default=Value(value=False),
            )
        )

    def entitled(self) -> Self:
        """Those with a seat who were there long enough and have handed in the questionnaire where it is needed."""
        return self.with_entitlement().filter(state=State.CONFIRMED, enough=True, handed_in_after=True)

    def not_entitled(self) -> Self:
        """Those with a seat who lack hours or the questionnaire."""
        return self.with_entitlement().filter(Q(enough=False) | Q(handed_in_after=False), state=State.CONFIRMED)

    def without_certificate(self) -> Self:
        """Those for whom none was issued; who lost one by revocation is not among them."""
        return self.exclude(pk__in=self._related("certificates").exclude(registration=None).values("registration"))

    def _related(self, name: str) -> models.QuerySet:
        rows: models.QuerySet = self.model._meta.get_field(name).related_model._default_manager.all()
        return rows


def _length(rows: models.QuerySet, of_each: str, session: str = "") -> Coalesce:
    """How long these sessions took together."""
    span = models.Sum(F(f"{session}ends") - F(f"{session}starts"), output_field=models.DurationField())
    summed = rows.order_by().values(of_each).annotate(span=span).values("span")
    return Coalesce(Subquery(summed), Value(timedelta()))


class ItemQuerySet(PublishableQuerySet):
    """What can be asked of questions."""


class CertificateQuerySet(models.QuerySet):
    """What can be asked of certificates."""

    def visible_to(self, user: Any) -> Self:
        """Those of the seminars that a person looks after."""
        return self.all() if coordinates(user) else self.filter(seminar__organisation__in=trained_by(user))

    def valid(self) -> Self:
        """Those that hold: neither revoked nor replaced by a corrected one."""
        return self.filter(revoked_at=None, replaced_by=None)

    def ended(self) -> Self:
        """Those that hold no longer."""
        return self.filter(Q(revoked_at__isnull=False) | Q(replaced_by__isnull=False))


class CertificateOrderQuerySet(models.QuerySet):
    """What can be asked of certificates that are to be made."""

    def due(self) -> Self:
        """Those that nothing stands in the way of."""
        return self.filter(failed=False)
