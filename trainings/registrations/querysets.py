from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.memberships.rules import coordinates
from trainings.registrations.names import fold_name
from trainings.registrations.states import OPEN_STATES, SEATED_STATES, Audience, RegistrationState, Stage
from trainings.seminars.rules import organisations_of_trainer


class RegistrationQuerySet(models.QuerySet):
    """What can be asked of registrations. The order in which they came is that of their numbers."""

    def visible_to(self, user: Any) -> Self:
        """Those of the seminars that a person looks after: helpers see whom they let in elsewhere."""
        return (
            self.all() if coordinates(user) else self.filter(seminar__organisation__in=organisations_of_trainer(user))
        )

    def open(self) -> Self:
        """Neither given up nor refused."""
        return self.filter(state__in=OPEN_STATES)

    def locked(self) -> Self:
        """Locked one after the other until the transaction ends. Whoever writes to several holds all of them before
        the first entry in the log: others hold one and wait for the log."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def companions_of(self, registration: Any) -> Self:
        """Colleagues who have applied and come together with this person or not at all."""
        of_group = self.filter(group=registration.group_id, group__together=True, state=RegistrationState.APPLIED)
        return of_group.exclude(pk=registration.pk)

    def seated(self) -> Self:
        """Those that have a seat, or are offered one."""
        return self.filter(state__in=SEATED_STATES)

    def waiting(self) -> Self:
        """Who waits, in the order of arrival."""
        return self.filter(state=RegistrationState.WAITING).order_by("pk")

    def expired_offers(self) -> Self:
        """Offers whose time is over."""
        return self.filter(state=RegistrationState.OFFERED, offer_ends__lte=timezone.now()).order_by("offer_ends", "pk")

    def for_listing(self) -> Self:
        """With all that a row shows in one query."""
        return self.select_related("country", "need")

    def confirmed(self) -> Self:
        """Who has a place for certain."""
        return self.filter(state=RegistrationState.CONFIRMED)

    def by_name(self) -> list[Any]:
        """In the order of names, accents apart; PostgreSQL does not order every script everywhere."""
        return sorted(self, key=lambda each: (fold_name(each.name), each.pk))

    def of_seminars_ended_by(self, moment: datetime) -> Self:
        """Those of seminars that were over then; one without sessions is over when registration closes."""
        return self.filter(_ended_by(moment, "seminar__"))

    def with_handed_in(self, stage: Stage) -> Self:
        """Each with `has_handed_in`, whether the answers of this stage are."""
        return self.annotate(has_handed_in=self._has_handed_in(stage))

    def to_invite(self, stage: Stage) -> Self:
        """Those who have a place and have not handed in: before the seminar nothing of what comes after it either;
        after the seminar those who came, where that is noted."""
        found = self.filter(state=RegistrationState.CONFIRMED).with_handed_in(stage).filter(has_handed_in=False)
        if stage == Stage.BEFORE:
            return found.exclude(self._has_handed_in(Stage.AFTER))
        at_all = self._related("attendances").filter(session__seminar=OuterRef("seminar"))
        return found.filter(self._came() | ~Exists(at_all))

    def addressed(self, audience: str) -> Self:
        """Those to whom a mailing goes."""
        if audience in {Audience.CONFIRMED, Audience.WAITING}:
            return self.filter(state=audience)
        if audience == Audience.REGISTERED:
            return self.open()
        if audience == Audience.CERTIFIED:
            return self.filter(
                certificates__revoked_at=None, certificates__replaced_by=None, certificates__isnull=False
            )
        missing = {Audience.AFTER_MISSING: Stage.AFTER, Audience.FOLLOW_UP_MISSING: Stage.FOLLOW_UP}
        there = self.filter(self._came())
        return there.exclude(handed_in__stage=missing[Audience(audience)]) if audience in missing else there

    def with_attended(self) -> Self:
        """Each with `attended`, how long they were there."""
        length = models.ExpressionWrapper(
            F("attendances__session__ends") - F("attendances__session__starts"), models.DurationField()
        )
        return self.annotate(attended=Coalesce(models.Sum(length), Value(timedelta())))

    def with_eligibility(self) -> Self:
        """Each with `attended` of `held`, whether that is `enough`, and whether the questionnaire after the seminar
        is `handed_in_after`; where the seminar needs none, it counts as handed in."""
        attendances = self._related("attendances")
        sessions = attendances.model._meta.get_field("session").related_model._default_manager
        needed = models.ExpressionWrapper(F("held") * F("seminar__share") / 100.0, models.DurationField())
        return self.annotate(
            attended=_total_length(attendances.filter(registration=OuterRef("pk")), "registration", "session__"),
            held=_total_length(sessions.filter(seminar=OuterRef("seminar")), "seminar"),
            handed_in_after=models.Case(
                models.When(seminar__needs_test=False, then=Value(value=True)), default=self._has_handed_in(Stage.AFTER)
            ),
        ).annotate(
            enough=models.Case(
                models.When(held__gt=timedelta(), attended__gte=needed, then=Value(value=True)),
                default=Value(value=False),
            )
        )

    def entitled(self) -> Self:
        """Those with a seat who were there long enough and have handed in the questionnaire where it is needed."""
        return self.with_eligibility().filter(state=RegistrationState.CONFIRMED, enough=True, handed_in_after=True)

    def not_eligible_for_certificate(self) -> Self:
        """Those with a seat who lack hours or the questionnaire."""
        return self.with_eligibility().filter(
            Q(enough=False) | Q(handed_in_after=False), state=RegistrationState.CONFIRMED
        )

    def without_certificate(self) -> Self:
        """Those for whom none was issued; who lost one by revocation is not among them."""
        return self.exclude(pk__in=self._related("certificates").exclude(registration=None).values("registration"))

    def open_ends(self) -> Any:
        """For each seminar how many have `applied`, are `offered` a place, or were there and are `silent` since."""
        asked = Q(state=RegistrationState.CONFIRMED, seminar__needs_test=True, seminar__ends__lte=timezone.now())
        return (
            self.order_by()
            .values("seminar")
            .annotate(
                applied=Count("pk", filter=Q(state=RegistrationState.APPLIED)),
                offered=Count("pk", filter=Q(state=RegistrationState.OFFERED)),
                silent=Count("pk", filter=asked & Q(self._came()) & ~Q(self._has_handed_in(Stage.AFTER))),
            )
        )

    def _came(self) -> Exists:
        """Whether somebody was there at any session."""
        return Exists(self._related("attendances").filter(registration=OuterRef("pk")))

    def _has_handed_in(self, stage: Stage) -> Exists:
        return Exists(self._related("handed_in").filter(registration=OuterRef("pk"), stage=stage))

    def _related(self, name: str) -> models.QuerySet:
        rows: models.QuerySet = self.model._meta.get_field(name).related_model._default_manager.all()
        return rows


def _total_length(rows: models.QuerySet, of_each: str, session: str = "") -> Coalesce:
    """How long these sessions took together."""
    span = models.Sum(F(f"{session}ends") - F(f"{session}starts"), output_field=models.DurationField())
    summed = rows.order_by().values(of_each).annotate(span=span).values("span")
    return Coalesce(Subquery(summed), Value(timedelta()))


class NeedQuerySet(models.QuerySet):
    """What can be asked of what people need."""

    def due(self, moment: datetime) -> Self:
        """Those of seminars that were over then, and of people who do not come."""
        return self.filter(_ended_by(moment, "registration__seminar__") | ~Q(registration__state__in=OPEN_STATES))


def _ended_by(moment: datetime, seminar: str) -> Q:
    over, never = {f"{seminar}ends__lt": moment}, {f"{seminar}ends": None, f"{seminar}closes__lt": moment}
    return Q(**over) | Q(**never)
