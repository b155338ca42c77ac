from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.rules import coordinates
from trainings.rules import trained_by
from trainings.states import DAYS_BEFORE, OPEN, SEATED, Audience, Stage, State
from victor.mail.states import State as Sent
from victor.publishing.languages import column, columns
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

    def led_by(self, user: Any) -> Self:
        """All for coordinators, those of their organisations for trainers."""
        return self.all() if coordinates(user) else self.filter(organisation__in=trained_by(user))

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

    def for_rows(self) -> Self:
        """With what a row of the workspace shows, and no long texts."""
        return self.select_related("country").defer(*columns("summary", "programme", "accessibility")).with_taken()

    def with_taken(self) -> Self:
        """Each with `taken`, the seats that are somebody's, and `queue`, how many wait."""
        return self.annotate(taken=self._counted(SEATED), queue=self._counted((State.WAITING,)))

    def open_now(self) -> Self:
        """Those for which one can register now."""
        now = timezone.now()
        return self.filter(cancelled=False, opens__lte=now, closes__gt=now)

    def instead_of(self, seminar: Any) -> Self:
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
        material: Any = self.model._meta.get_field("sessions").related_model._meta.get_field("materials").related_model
        public = models.Prefetch("sessions__materials", material.objects.public(), to_attr="offered")
        whole = self.select_related("country", "organisation", "course").with_taken()
        return whole.prefetch_related("sessions__modules", public)

    def with_a_line(self) -> Self:
        """Those where an offer has lapsed, or somebody waits for a beginning that is still to come."""
        now = timezone.now()
        waits = Q(registrations__state=State.WAITING) & (Q(starts=None) | Q(starts__gt=now))
        lapsed = Q(registrations__state=State.OFFERED, registrations__offer_ends__lte=now)
        return self.filter(waits | lapsed, cancelled=False).distinct()

    def ended_between(self, first: datetime, last: datetime) -> Self:
        """Those that took place and ended in a span of time."""
        return self.filter(ends__gt=first, ends__lte=last, cancelled=False).order_by("pk")

    def near(self, days: int) -> Self:
        """Those that begin within so many days, the reminder of that day not written, and no later one due."""
        now, later = timezone.now(), max((each for each in DAYS_BEFORE if each < days), default=0)
        soon = self.filter(starts__gt=now + timedelta(days=later), starts__lte=now + timedelta(days=days))
        return soon.filter(cancelled=False).exclude(mailings__days_before=days)

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


class SessionMaterialQuerySet(models.QuerySet):
    """What can be asked of the materials of sessions."""

    def public(self) -> Self:
        """Those that everybody may have, where the seminar is public."""
        return self.filter(public=True)


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

    def for_listing(self) -> Self:
        """With all that a row shows in one query."""
        return self.select_related("country", "need")

    def confirmed(self) -> Self:
        """Who has a place for certain."""
        return self.filter(state=State.CONFIRMED)

    def by_name(self) -> list[Any]:
        """In the order of names, accents apart; PostgreSQL does not order every script everywhere."""
        return sorted(self, key=lambda each: (folded(each.name), each.pk))

    def came(self) -> Self:
        """Those who were there at any session."""
        return self.filter(attendances__isnull=False).distinct()

    def of_seminars_ended_by(self, moment: datetime) -> Self:
        """Those of seminars that were over then; one without sessions is over when registration closes."""
        return self.filter(_ended_by(moment, "seminar__"))

    def with_handed_in(self, stage: Stage) -> Self:
        """Each with `has_handed_in`, whether the answers of this stage are."""
        rows: Any = self.model._meta.get_field("handed_in").related_model._default_manager
        return self.annotate(has_handed_in=Exists(rows.filter(registration=OuterRef("pk"), stage=stage)))

    def to_ask(self, stage: Stage) -> Self:
        """Those who have a place and have not handed in. After the seminar, those who came, where that is noted."""
        found = self.filter(state=State.CONFIRMED).with_handed_in(stage).filter(has_handed_in=False)
        if stage == Stage.BEFORE:
            return found
        rows: Any = self.model._meta.get_field("attendances").related_model._default_manager
        at_all = rows.filter(session__seminar=OuterRef("seminar"))
        came = at_all.filter(registration=OuterRef("pk"))
        return found.filter(Exists(came) | ~Exists(at_all))

    def addressed(self, audience: str) -> Self:
        """Those to whom a mailing goes."""
        if audience in {Audience.CONFIRMED, Audience.WAITING}:
            return self.filter(state=audience)
        if audience == Audience.CERTIFIED:
            return self.filter(
                certificates__revoked_at=None, certificates__replaced_by=None, certificates__isnull=False
            )
        missing = {Audience.AFTER_MISSING: Stage.AFTER, Audience.FOLLOW_UP_MISSING: Stage.FOLLOW_UP}
        came: Any = self.model._meta.get_field("attendances").related_model._default_manager
        there = self.filter(Exists(came.filter(registration=OuterRef("pk"))))
        return there.exclude(handed_in__stage=missing[Audience(audience)]) if audience in missing else there

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

    def open_ends(self) -> Any:
        """For each seminar how many have `applied`, are `offered` a place, or were there and are `silent` since."""
        came = models.Exists(self._related("attendances").filter(registration=OuterRef("pk")))
        answered = models.Exists(self._related("handed_in").filter(registration=OuterRef("pk"), stage=Stage.AFTER))
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

    def _related(self, name: str) -> models.QuerySet:
        rows: models.QuerySet = self.model._meta.get_field(name).related_model._default_manager.all()
        return rows


def _length(rows: models.QuerySet, of_each: str, session: str = "") -> Coalesce:
    """How long these sessions took together."""
    span = models.Sum(F(f"{session}ends") - F(f"{session}starts"), output_field=models.DurationField())
    summed = rows.order_by().values(of_each).annotate(span=span).values("span")
    return Coalesce(Subquery(summed), Value(timedelta()))


class NeedQuerySet(models.QuerySet):
    """What can be asked of what people need."""

    def due(self, moment: datetime) -> Self:
        """Those of seminars that were over then, and of people who do not come."""
        return self.filter(_ended_by(moment, "registration__seminar__") | ~Q(registration__state__in=OPEN))


class ItemQuerySet(PublishableQuerySet):
    """What can be asked of questions."""


class QuestionnaireQuerySet(models.QuerySet):
    """What can be asked of questionnaires."""

    def for_stage(self, seminar: Any, stage: Stage) -> Any:
        """The one that participants of a seminar answer then: the seminar's own test, or that of the portal."""
        if stage in (Stage.BEFORE, Stage.AFTER) and seminar.test_id:
            return self.get(pk=seminar.test_id)
        return self.filter(stages__contains=[stage]).order_by("pk").first()


class ResponseQuerySet(models.QuerySet):
    """What can be asked of answers, of which nobody can ask whose they are."""

    def at(self, stage: Stage) -> Self:
        """Those of one questionnaire."""
        return self.filter(stage=stage)

    def counted(self) -> Self:
        """Those that results may show."""
        return self.filter(counted=True)

    def uncounted(self) -> Self:
        """Those that are handed in and wait until they are enough to be shown."""
        return self.filter(complete=True, counted=False)


class CertificateQuerySet(models.QuerySet):
    """What can be asked of certificates."""

    def visible_to(self, user: Any) -> Self:
        """Those of the seminars that a person looks after."""
        return self.all() if coordinates(user) else self.filter(seminar__organisation__in=trained_by(user))

    def valid(self) -> Self:
        """Those that hold: neither revoked nor replaced by a corrected one."""
        return self.filter(revoked_at=None, replaced_by=None)


def _ended_by(moment: datetime, seminar: str) -> Q:
    over, never = {f"{seminar}ends__lt": moment}, {f"{seminar}ends": None, f"{seminar}closes__lt": moment}
    return Q(**over) | Q(**never)


class MailingQuerySet(models.QuerySet):
    """What can be asked of mailings."""

    def going_out(self) -> Self:
        """Released, and not all of it is out."""
        return self.filter(Exists(self._recipients().filter(queued_at=None)), released_at__isnull=False)

    def with_progress(self) -> Self:
        """Each with how many it goes to, and how many of these wait, are out, and could not be reached."""
        failed = Q(recipients__message__state=Sent.FAILED)
        waits = Q(recipients__queued_at=None) | Q(recipients__message__state=Sent.QUEUED)
        return self.annotate(
            addressed=Count("recipients"),
            waiting=Count("recipients", filter=waits),
            failed=Count("recipients", filter=failed),
            sent=F("addressed") - F("waiting") - F("failed"),
        ).order_by("-pk")

    def _recipients(self) -> models.QuerySet:
        rows: Any = self.model._meta.get_field("recipients").related_model._default_manager
        return rows.filter(mailing=OuterRef("pk"))


class RecipientQuerySet(models.QuerySet):
    """What can be asked of those a mailing goes to."""

    def due(self) -> Self:
        """Those whose wave has not come."""
        return self.filter(queued_at=None).order_by("pk")

    def failed(self) -> Self:
        """Those who could not be reached; nothing more is tried unless somebody says so."""
        return self.filter(message__state=Sent.FAILED).select_related("registration", "message").order_by("pk")

    def ended(self) -> Self:
        """Those that hold no longer."""
        return self.filter(Q(revoked_at__isnull=False) | Q(replaced_by__isnull=False))


class CertificateOrderQuerySet(models.QuerySet):
    """What can be asked of certificates that are to be made."""

    def due(self) -> Self:
        """Those that nothing stands in the way of."""
        return self.filter(failed=False)
