from __future__ import annotations

import unicodedata
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


def folded(name: str) -> str:
    """A name without what does not matter when it is looked for: capitals and accents."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


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

    def to_come(self) -> Self:
        """Those that are not over, for who prepares them: the next first, those without sessions last."""
        open_ended = Q(ends=None) | Q(ends__gt=timezone.now())
        return self.filter(open_ended).order_by(F("starts").asc(nulls_last=True), "slug")

    def for_rows(self) -> Self:
        """With what a row of the workspace shows, and no long texts."""
        return self.select_related("country").defer(*columns("summary", "programme", "accessibility")).with_taken()

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

    def confirmed(self) -> Self:
        """Who has a place for certain."""
        return self.filter(state=State.CONFIRMED)

    def by_name(self) -> list[Any]:
        """In the order of names, accents apart; PostgreSQL does not order every script everywhere."""
        return sorted(self, key=lambda each: (folded(each.name), each.pk))

    def came(self) -> Self:
        """Those who were there at any session."""
        return self.filter(attendances__isnull=False).distinct()

    def with_attended(self) -> Self:
        """Each with `attended`, how long they were there."""
        length = models.ExpressionWrapper(
            F("attendances__session__ends") - F("attendances__session__starts"), models.DurationField()
        )
        return self.annotate(attended=Coalesce(models.Sum(length), Value(timedelta())))

    def entitled(self) -> Self:
        """Those whom the rule of their seminar gives a certificate: so much of the hours, and the questions after it
        handed in where they are asked for."""
        there = self._time("attendances", "registration", OuterRef("pk"), "session__")
        whole = self._time("seminar__sessions", "seminar", OuterRef("seminar"), "")
        enough = models.ExpressionWrapper(F("whole") * F("seminar__share") / 100, models.DurationField())
        asked = Q(seminar__needs_test=False) | Q(handed_in__stage=Stage.AFTER)
        found = self.filter(asked, state=State.CONFIRMED).alias(there=there, whole=whole)
        return found.filter(there__gte=enough).distinct()

    def open_ends(self) -> Any:
        """For each seminar how many have `applied`, are `offered` a place, or were there and are `silent` since."""
        came = models.Exists(self._of("attendances").filter(registration=OuterRef("pk")))
        answered = models.Exists(self._of("handed_in").filter(registration=OuterRef("pk"), stage=Stage.AFTER))
        asked = Q(state=State.CONFIRMED, seminar__needs_test=True, seminar__ends__lte=timezone.now())
        return (
            self.order_by()
            .values("seminar")
            .annotate(
                applied=Count("pk", filter=Q(state=State.APPLIED)),
                offered=Count("pk", filter=Q(state=State.OFFERED)),
                silent=Count("pk", filter=asked & Q(came) & ~Q(answered)),
            )
        )

    def without_certificate(self) -> Self:
        """Those to whom none was ever issued."""
        return self.filter(certificates=None)

    def _time(self, rows: str, of: str, which: OuterRef, session: str) -> Subquery:
        """How long these take together."""
        length = models.ExpressionWrapper(F(f"{session}ends") - F(f"{session}starts"), models.DurationField())
        each = self._of(rows).filter(**{of: which}).order_by().values(of)
        return Subquery(each.values(time=models.Sum(length)), output_field=models.DurationField())

    def _of(self, rows: str) -> Any:
        model: Any = self.model
        for name in rows.split("__"):
            model = model._meta.get_field(name).related_model
        return model._default_manager.all()


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
