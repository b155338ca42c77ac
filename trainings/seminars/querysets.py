from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

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


class ModuleQuerySet(PublishableQuerySet):
    """What can be asked of modules."""


class CourseQuerySet(PublishableQuerySet):
    """What can be asked of courses."""


class SeminarQuerySet(PublishableQuerySet):
    """What can be asked of seminars."""

    def visible_to(self, user: Any) -> Self:
        """All for coordinators, those of their organisations for trainers, and for helpers those where they help,
        until a day after the end."""
        if coordinates(user):
            return self.all()
        helped = Q(helpers=user.pk) & _has_open_door()
        return self.filter(Q(organisation__in=organisations_of_trainer(user)) | helped).distinct()

    def with_open_door(self) -> Self:
        """Those that did not end a day ago or earlier: who is there can still be noted."""
        return self.filter(_has_open_door())

    def led_by(self, user: Any) -> Self:
        """All for coordinators, those of their organisations for trainers."""
        return self.all() if coordinates(user) else self.filter(organisation__in=organisations_of_trainer(user))

    def upcoming(self) -> Self:
        """Those that are not over, the next first."""
        return self.filter(ends__gt=timezone.now()).order_by("starts", "slug")

    def past(self) -> Self:
        """Those that are over, the latest first."""
        return self.filter(ends__lte=timezone.now()).order_by("-ends", "-slug")

    def open_beside(self, seminar: Any) -> Self:
        """Up to five others for which one can register, of the same course or in the same country, the next first."""
        now = timezone.now()
        near = Q(country=seminar.country_id)
        near |= Q(course=seminar.course_id) if seminar.course_id else Q()
        open_now = self.filter(near, opens__lte=now, closes__gt=now, cancelled=False).exclude(pk=seminar.pk)
        return open_now.order_by("starts", "slug")[:5]

    def to_come(self) -> Self:
        """Those that are not over, for who prepares them: the next first, those without sessions last."""
        open_ended = Q(ends=None) | Q(ends__gt=timezone.now())
        return self.filter(open_ended).order_by(F("starts").asc(nulls_last=True), "slug")

    def for_workspace_rows(self) -> Self:
        """With what a row of the workspace shows, and no long texts."""
        return self.select_related("country").defer(*columns("summary", "programme", "accessibility")).with_taken()

    def with_taken(self) -> Self:
        """Each with `taken`, the seats that are somebody's, and `queue`, how many wait."""
        rows = _registrations()
        return self.annotate(taken=_number_of(rows.seated()), queue=_number_of(rows.waiting()))

    def open_now(self) -> Self:
        """Those for which one can register now."""
        now = timezone.now()
        return self.filter(cancelled=False, opens__lte=now, closes__gt=now)

    def alternatives_to(self, seminar: Any) -> Self:
        """Others for which one can register now: of the same course, then in the same country."""
        same = Q(country=seminar.country_id)
        if seminar.course_id:
            same |= Q(course=seminar.course_id)
        nearer = Case(When(course=seminar.course_id, then=Value(0)), default=Value(1))
        return self.open_now().upcoming().filter(same).exclude(pk=seminar.pk).order_by(nearer, "starts", "slug")

    def for_calendars(self, language: str) -> Self:
        """Those published in a language, with all that a calendar holds of them."""
        heard = self.published().filter(**{f"{column('title', language)}__isnull": False})
        return heard.select_related("country", "organisation").prefetch_related("sessions")

    def for_page(self) -> Self:
        """With all that the page of one shows: the programme, and what everybody may download."""
        material = apps.get_model("trainings", "SessionMaterial")
        public = models.Prefetch("sessions__materials", material.objects.public(), to_attr="offered")
        whole = self.select_related("country", "organisation", "course").with_taken()
        return whole.prefetch_related("sessions__modules", public)

    def with_waiting_list(self) -> Self:
        """Those where an offer has lapsed, or somebody waits for a beginning that is still to come."""
        rows, now = _registrations(), timezone.now()
        waits = Exists(rows.waiting()) & (Q(starts=None) | Q(starts__gt=now))
        return self.filter(waits | Exists(rows.expired_offers()), cancelled=False)

    def ended_between(self, first: datetime, last: datetime) -> Self:
        """Those that took place and ended in a span of time."""
        return self.filter(ends__gt=first, ends__lte=last, cancelled=False).order_by("pk")

    def beginning_within(self, within: timedelta) -> Self:
        """Those that begin within so long, and for which one could register already."""
        now = timezone.now()
        return self.filter(starts__gt=now, starts__lte=now + within, opens__lte=now, cancelled=False).order_by("pk")

    def near(self, days: int) -> Self:
        """Those that begin within so many days, the reminder of that day not written, and no later one due."""
        now, later = timezone.now(), max((each for each in REMINDER_DAYS if each < days), default=0)
        soon = self.filter(starts__gt=now + timedelta(days=later), starts__lte=now + timedelta(days=days))
        return soon.filter(cancelled=False).exclude(mailings__days_before=days)

    def for_listing(self) -> Self:
        """With all that a row shows in one query."""
        own = ["slug", "starts", "ends", "cancelled", "online", "seats", "opens", "closes", "language", "professions"]
        where = ["country__time_zone", *columns("country__name")]
        return self.select_related("country").with_only(*own, *columns("title", "place"), *where)


def _registrations() -> models.QuerySet:
    """The registrations for the seminar of the query around."""
    return apps.get_model("trainings", "Registration").objects.filter(seminar=OuterRef("pk"))


def _number_of(rows: models.QuerySet) -> Coalesce:
    counted = rows.order_by().values("seminar").values(number=Count("pk"))
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _has_open_door() -> Q:
    return Q(ends=None) | Q(ends__gt=timezone.now() - DOOR_OPEN_AFTER_END)


class SessionMaterialQuerySet(models.QuerySet):
    """What can be asked of the materials of sessions."""

    def public(self) -> Self:
        """Those that everybody may have, where the seminar is public."""
        return self.filter(public=True)
