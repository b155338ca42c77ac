"""Questions about seminars, courses, modules and materials."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.memberships.rules import coordinates
from trainings.seminars.rules import organisations_of_trainer
from trainings.seminars.states import DOOR_OPEN_AFTER_END, REMINDER_DAYS
from victor.languages import column, columns
from victor.publishing.querysets import PublishableQuerySet

if TYPE_CHECKING:
    from trainings.registrations.querysets import RegistrationQuerySet
    from trainings.seminars.models import Seminar
    from victor.accounts.models import User


STAYS_AFTER_END = timedelta(days=30)  # in the list of a trainer, where work is left


class ModuleQuerySet(PublishableQuerySet):
    """Questions about modules."""


class CourseQuerySet(PublishableQuerySet):
    """Questions about courses."""


class SeminarQuerySet(PublishableQuerySet):
    """Questions about seminars."""

    def visible_to(self, user: User) -> Self:
        """All for coordinators, those of their organisations for trainers, and those where they help for helpers:
        until check-in is closed."""
        if coordinates(user):
            return self.all()
        helped = Q(helpers=user.pk) & _has_open_door()
        return self.filter(Q(organisation__in=organisations_of_trainer(user)) | helped).distinct()

    def with_open_door(self) -> Self:
        """Those whose check-in is not closed."""
        return self.filter(_has_open_door())

    def led_by(self, user: User) -> Self:
        """Those that this person manages: all for coordinators, those of their organisations for trainers."""
        return self.all() if coordinates(user) else self.filter(organisation__in=organisations_of_trainer(user))

    def upcoming(self) -> Self:
        """Those that are not over and have sessions, the next first."""
        return self.filter(ends__gt=timezone.now()).order_by("starts", "slug")

    def past(self) -> Self:
        """Those that are over, the latest first."""
        return self.filter(ends__lte=timezone.now()).order_by("-ends", "-slug")

    def open_related_to(self, seminar: Seminar) -> Self:
        """Up to five others that are open, of the same course or in the same country, the next first."""
        now = timezone.now()
        related = Q(country=seminar.country_id)
        related |= Q(course=seminar.course_id) if seminar.course_id else Q()
        open_now = self.filter(related, opens__lte=now, closes__gt=now, cancelled=False).exclude(pk=seminar.pk)
        return open_now.order_by("starts", "slug")[:5]

    def to_come(self) -> Self:
        """Those that are not over, or ended in the last thirty days: certificates are due then. The next first."""
        open_ended = Q(ends=None) | Q(ends__gt=timezone.now() - STAYS_AFTER_END)
        return self.filter(open_ended).order_by(F("starts").asc(nulls_last=True), "slug")

    def for_workspace_rows(self) -> Self:
        """With what a row of the workspace shows, and without the long texts."""
        return (
            self.select_related("country")
            .defer(*columns("summary", "programme", "accessibility"))
            .with_taken()
            .prefetch_related("versions")
        )

    def with_taken(self) -> Self:
        """Each with `taken`, the number of seats taken or offered, and `queue`, the number of people who wait."""
        registrations = _registrations()
        return self.annotate(taken=_number_of(registrations.seated()), queue=_number_of(registrations.waiting()))

    def open_now(self) -> Self:
        """Those for which registration is open."""
        now = timezone.now()
        return self.filter(cancelled=False, opens__lte=now, closes__gt=now)

    def alternatives_to(self, seminar: Seminar) -> Self:
        """Others that are open: of the same course first, then in the same country."""
        related = Q(country=seminar.country_id)
        if seminar.course_id:
            related |= Q(course=seminar.course_id)
        course_first = Case(When(course=seminar.course_id, then=Value(0)), default=Value(1))
        return (
            self.open_now().upcoming().filter(related).exclude(pk=seminar.pk).order_by(course_first, "starts", "slug")
        )

    def for_calendars(self, language: str) -> Self:
        """Those published in a language, with all that a calendar shows."""
        published = self.published().filter(**{f"{column('title', language)}__isnull": False})
        return published.select_related("country", "organisation").prefetch_related("sessions")

    def for_page(self) -> Self:
        """With all that the page of a seminar shows: the programme, and the public materials as `offered`."""
        material = apps.get_model("trainings", "SessionMaterial")
        public = models.Prefetch("sessions__materials", material.objects.public(), to_attr="offered")
        seminars = self.select_related("country", "organisation", "course").with_taken()
        return seminars.prefetch_related("sessions__modules", public)

    def with_waiting_list(self) -> Self:
        """Those where an offer has expired, or where people wait and the seminar has not begun."""
        registrations, now = _registrations(), timezone.now()
        has_waiting = Exists(registrations.waiting()) & (Q(starts=None) | Q(starts__gt=now))
        return self.filter(has_waiting | Exists(registrations.expired_offers()), cancelled=False)

    def ended_between(self, first: datetime, last: datetime) -> Self:
        """Those that were not cancelled and ended after `first` and not after `last`."""
        return self.filter(ends__gt=first, ends__lte=last, cancelled=False).order_by("pk")

    def beginning_within(self, within: timedelta) -> Self:
        """Those that begin within a period, and whose registration has opened."""
        now = timezone.now()
        return self.filter(starts__gt=now, starts__lte=now + within, opens__lte=now, cancelled=False).order_by("pk")

    def starting_within(self, days: int) -> Self:
        """Those that need the reminder of so many days before: it is not sent, and no later one is due."""
        now, later = timezone.now(), max((earlier for earlier in REMINDER_DAYS if earlier < days), default=0)
        soon = self.filter(starts__gt=now + timedelta(days=later), starts__lte=now + timedelta(days=days))
        return soon.filter(cancelled=False).exclude(mailings__days_before=days)

    def for_listing(self) -> Self:
        """With all that a row shows in one query."""
        own = ["slug", "starts", "ends", "cancelled", "online", "seats", "opens", "closes", "language", "professions"]
        where = ["country__time_zone", *columns("country__name")]
        return self.select_related("country").with_only(*own, *columns("title", "place"), *where)


def _registrations() -> RegistrationQuerySet:
    """The registrations for the seminar of the outer query."""
    registrations: RegistrationQuerySet = apps.get_model("trainings", "Registration").objects.all()
    return registrations.filter(seminar=OuterRef("pk"))


def _number_of(registrations: RegistrationQuerySet) -> Coalesce:
    numbers = registrations.order_by().values("seminar").values(number=Count("pk"))
    return Coalesce(Subquery(numbers, output_field=IntegerField()), Value(0))


def _has_open_door() -> Q:
    return Q(ends=None) | Q(ends__gt=timezone.now() - DOOR_OPEN_AFTER_END)


class SessionMaterialQuerySet(models.QuerySet):
    """Questions about the materials of sessions."""

    def public(self) -> Self:
        """Those for everybody. Whether the seminar is public is another question."""
        return self.filter(public=True)
