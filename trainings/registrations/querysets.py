"""Questions about registrations and needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, cast

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.memberships.rules import coordinates
from trainings.registrations.names import fold_name, mailbox_key
from trainings.registrations.states import OPEN_STATES, SEATED_STATES, Audience, RegistrationState, Stage
from trainings.seminars.rules import organisations_of_trainer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainings.registrations.models import Registration
    from victor.accounts.models import User

    ValuesQuerySet = models.QuerySet[Any, dict[str, Any]]  # the keys are those of `values` and `annotate`

# What hangs on a registration in higher slices, by the name of the relation.
RELATED_MODELS = {"attendances": "Attendance", "certificates": "Certificate", "submissions": "QuestionnaireSubmission"}


class RegistrationQuerySet(models.QuerySet):
    """Questions about registrations. The order of primary keys is the order of registration."""

    def visible_to(self, user: User) -> Self:
        """Those of the seminars that a person manages. Helpers see names on the check-in page only."""
        return (
            self.all() if coordinates(user) else self.filter(seminar__organisation__in=organisations_of_trainer(user))
        )

    def open(self) -> Self:
        """Those that were not given up, declined, cancelled or expired."""
        return self.filter(state__in=OPEN_STATES)

    def of_mailbox(self, email: str) -> list[Registration]:
        """Those whose mail arrives at the same address. Several people may share one."""
        key = mailbox_key(email)
        return [
            registration
            for registration in cast("Iterable[Registration]", self)
            if mailbox_key(registration.email) == key
        ]

    def locked(self) -> Self:
        """Locked in the order of primary keys until the transaction ends. An action that writes to several locks all
        of them before its first entry in the log: others hold one and wait for the log."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def companions_of(self, registration: Registration) -> Self:
        """The colleagues who wait for approval and come together with this person or not at all."""
        of_group = self.filter(group=registration.group_id, group__together=True, state=RegistrationState.APPLIED)
        return of_group.exclude(pk=registration.pk)

    def seated(self) -> Self:
        """Those that have a seat or are offered one."""
        return self.filter(state__in=SEATED_STATES)

    def waiting(self) -> Self:
        """Those on the waiting list, in the order of registration."""
        return self.filter(state=RegistrationState.WAITING).order_by("pk")

    def expired_offers(self) -> Self:
        """Offers whose time is over."""
        return self.filter(state=RegistrationState.OFFERED, offer_ends__lte=timezone.now()).order_by("offer_ends", "pk")

    def for_listing(self) -> Self:
        """With all that a row of the list shows."""
        return self.select_related("country", "need")

    def confirmed(self) -> Self:
        """Those with a confirmed seat."""
        return self.filter(state=RegistrationState.CONFIRMED)

    def by_name(self) -> list[Registration]:
        """Sorted by name without accents. PostgreSQL cannot order every script on every system."""
        return sorted(
            cast("Iterable[Registration]", self),
            key=lambda registration: (fold_name(registration.name), registration.pk),
        )

    def of_seminars_ended_by(self, moment: datetime) -> Self:
        """Those of seminars that were over at a moment. A seminar without sessions is over when registration closes."""
        return self.filter(_ended_by(moment, "seminar__"))

    def with_handed_in(self, stage: Stage) -> Self:
        """Each with `has_handed_in`: whether the questionnaire of this stage was handed in."""
        return self.annotate(has_handed_in=self._has_handed_in(stage))

    def to_invite(self, stage: Stage) -> Self:
        """Those with a confirmed seat who have not handed in the questionnaire of this stage.

        Before the seminar: only those who have not handed in the one after it either. After it: only those who
        attended, if attendance was noted at all.
        """
        missing = self.filter(state=RegistrationState.CONFIRMED).with_handed_in(stage).filter(has_handed_in=False)
        if stage == Stage.BEFORE:
            return missing.exclude(self._has_handed_in(Stage.AFTER))
        noted = self._related("attendances").filter(session__seminar=OuterRef("seminar"))
        return missing.filter(self._has_attended() | ~Exists(noted))

    def for_audience(self, audience: str) -> Self:
        """Those to whom a mailing with this `Audience` goes."""
        if audience in {Audience.CONFIRMED, Audience.WAITING}:
            return self.filter(state=audience)
        if audience == Audience.REGISTERED:
            return self.open()
        if audience == Audience.CERTIFIED:
            return self.filter(
                certificates__revoked_at=None, certificates__replaced_by=None, certificates__isnull=False
            )
        missing = {Audience.AFTER_MISSING: Stage.AFTER, Audience.FOLLOW_UP_MISSING: Stage.FOLLOW_UP}
        present = self.filter(self._has_attended())
        return present.exclude(submissions__stage=missing[Audience(audience)]) if audience in missing else present

    def wanting_mail(self) -> Self:
        """Those who have not stopped reminders and questions. All get what concerns their place or the schedule."""
        return self.filter(wants_mail=True)

    def with_attended(self) -> Self:
        """Each with `attended`: the length of the attended sessions."""
        length = models.ExpressionWrapper(
            F("attendances__session__ends") - F("attendances__session__starts"), models.DurationField()
        )
        return self.annotate(attended=Coalesce(models.Sum(length), Value(timedelta())))

    def with_eligibility(self) -> Self:
        """Each with what a certificate depends on.

        `attended` is the length of the attended sessions and `total_length` that of all sessions; `enough` says whether
        the share suffices. `handed_in_after` says whether the questionnaire after the seminar was handed in; where none
        is required, it is true.
        """
        attendances = self._related("attendances")
        sessions = apps.get_model("trainings", "Session").objects
        needed = models.ExpressionWrapper(F("total_length") * F("seminar__share") / 100.0, models.DurationField())
        return self.annotate(
            attended=_total_length(attendances.filter(registration=OuterRef("pk")), "registration", "session__"),
            total_length=_total_length(sessions.filter(seminar=OuterRef("seminar")), "seminar"),
            handed_in_after=models.Case(
                models.When(seminar__needs_test=False, then=Value(value=True)), default=self._has_handed_in(Stage.AFTER)
            ),
        ).annotate(
            enough=models.Case(
                models.When(total_length__gt=timedelta(), attended__gte=needed, then=Value(value=True)),
                default=Value(value=False),
            )
        )

    def eligible_for_certificate(self) -> Self:
        """Those with a seat who attended long enough and handed in the questionnaire where it is required."""
        return self.with_eligibility().filter(state=RegistrationState.CONFIRMED, enough=True, handed_in_after=True)

    def not_eligible_for_certificate(self) -> Self:
        """Those with a seat who attended too little or have not handed in the questionnaire."""
        return self.with_eligibility().filter(
            Q(enough=False) | Q(handed_in_after=False), state=RegistrationState.CONFIRMED
        )

    def without_certificate(self) -> Self:
        """Those for whom no certificate was issued. One that was revoked counts as issued."""
        return self.exclude(pk__in=self._related("certificates").exclude(registration=None).values("registration"))

    def with_open_tasks(self) -> ValuesQuerySet:
        """A row for each `seminar` with the numbers of those who need something to be done.

        `applied` wait for approval, `offered` have not answered an offer, `silent` attended and have not handed in the
        questionnaire.
        """
        expected = Q(state=RegistrationState.CONFIRMED, seminar__needs_test=True, seminar__ends__lte=timezone.now())
        return (
            self.order_by()
            .values("seminar")
            .annotate(
                applied=Count("pk", filter=Q(state=RegistrationState.APPLIED)),
                offered=Count("pk", filter=Q(state=RegistrationState.OFFERED)),
                silent=Count("pk", filter=expected & Q(self._has_attended()) & ~Q(self._has_handed_in(Stage.AFTER))),
            )
        )

    def _has_attended(self) -> Exists:
        """Whether the person attended any session."""
        return Exists(self._related("attendances").filter(registration=OuterRef("pk")))

    def _has_handed_in(self, stage: Stage) -> Exists:
        return Exists(self._related("submissions").filter(registration=OuterRef("pk"), stage=stage))

    def _related(self, name: str) -> models.QuerySet:
        return apps.get_model("trainings", RELATED_MODELS[name]).objects.all()


def _total_length(rows: models.QuerySet, group_by: str, session: str = "") -> Coalesce:
    """The sum of the lengths of sessions, reached through the prefix `session`, for each `group_by`."""
    span = models.Sum(F(f"{session}ends") - F(f"{session}starts"), output_field=models.DurationField())
    sums = rows.order_by().values(group_by).annotate(span=span).values("span")
    return Coalesce(Subquery(sums), Value(timedelta()))


class NeedQuerySet(models.QuerySet):
    """Questions about needs."""

    def due(self, moment: datetime) -> Self:
        """Those to delete: of seminars that were over at a moment, and of people who do not come."""
        return self.filter(_ended_by(moment, "registration__seminar__") | ~Q(registration__state__in=OPEN_STATES))


def _ended_by(moment: datetime, seminar: str) -> Q:
    over = {f"{seminar}ends__lt": moment}
    without_sessions = {f"{seminar}ends": None, f"{seminar}closes__lt": moment}
    return Q(**over) | Q(**without_sessions)
