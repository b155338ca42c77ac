from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, Max, OuterRef, Q, Sum, Value, When
from django.db.models.functions import TruncMonth

from desks.clocks import Step
from desks.rules import desks_of
from desks.states import HAND_OVER_OPEN, OPEN, Channel, Clock, HandOverState, Level, Voice
from partners.rules import coordinates, organisations_of
from partners.states import Role
from victor.accounts.models import User
from victor.publishing.languages import column, columns
from victor.publishing.querysets import PublishableQuerySet

MOST_COUNTED = 1000  # a desk with more does not need to know how many
# Which reports a clock runs for, and from when: the rules of `desks/clocks.py`.
RUNS = {
    Clock.READ: Q(state__in=OPEN, danger=True, read_at=None),
    Clock.TRIAGE: Q(state__in=OPEN, triaged_at=None),
    Clock.ANSWER: Q(state__in=OPEN, answered_at=None, channel=Channel.WEB),
    Clock.WORDS: Q(waits_since__isnull=False),
}
BEGINS = {clock: "waits_since" if clock == Clock.WORDS else "received_at" for clock in Clock}
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

    def worked_by(self, user: Any) -> Self:
        """Those where the person works: coordinators have no way to what others read."""
        return self.filter(organisation__in=desks_of(user))

    def for_work(self) -> Self:
        """With what the work at a desk needs, and none of its public texts."""
        long = columns("summary", "how", "limits", "for_children", "for_professionals")
        return self.select_related("country").defer(*long)

    def with_counters(self, now: datetime) -> Self:
        """With how many reports wait, are overdue and tell of danger, and when the last words came."""
        reports: Any = self.model._meta.get_field("reports").related_model
        here = reports.objects.filter(desk=OuterRef("pk"))
        waiting = here.filter(due_at__isnull=False)
        newest = here.filter(due_at__isnull=False).order_by("-received_at").values("received_at")[:1]
        return self.annotate(
            waiting=_at_most(waiting),
            overdue=_at_most(waiting.filter(due_at__lte=now)),
            in_danger=_at_most(waiting.filter(urgent=True)),
            first_due=models.Subquery(waiting.order_by("due_at").values("due_at")[:1]),
            newest=models.Subquery(newest),
            newest_words=models.Subquery(
                waiting.filter(waits_since__isnull=False).order_by("-waits_since").values("waits_since")[:1]
            ),
        )

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


def _at_most(reports: Any) -> Func:
    """How many there are, counted no further than anybody needs: a desk that drowns is answered as fast as another."""
    found = ArraySubquery(reports.order_by("-urgent", "due_at").values("pk")[: MOST_COUNTED + 1])
    return Func(found, function="CARDINALITY", output_field=models.IntegerField())


class ReportQuerySet(models.QuerySet):
    """What can be asked of reports."""

    def visible_to(self, user: Any) -> Self:
        """Those of the desks where the person works. Nobody else has a way to them, not the coordinators either."""
        return self.filter(desk__organisation__in=desks_of(user))

    def open(self) -> Self:
        """Those without an outcome."""
        return self.filter(state__in=OPEN)

    def with_last_words(self) -> Self:
        """With when reporter or desk said something to the other for the last time."""
        return self.annotate(last_words=Max("messages__written_at", filter=~Q(messages__voice=Voice.NOTE)))

    def on_the_desk(self) -> Self:
        """Those that somebody has to do something about: without an outcome, or with new words of the reporter."""
        return self.filter(Q(state__in=sorted(OPEN)) | Q(due_at__isnull=False))

    def for_inbox(self) -> Self:
        """With what a row shows. Nothing of what was said: that is in the vault."""
        return self.select_related("country", "assignee").defer("lookup")

    def untold(self, step: Step, desk: Any, now: datetime) -> Self:
        """Those of a desk whose clock has run for so long that a level has to be told, and was not."""
        begins = BEGINS[step.clock]
        breaches: Any = self.model._meta.get_field("breaches").related_model
        told = breaches.objects.filter(
            report=OuterRef("pk"), clock=step.clock, level=step.level, since=OuterRef(begins)
        )
        late = self.filter(RUNS[step.clock], desk=desk, **{f"{begins}__lte": now - step.after})
        if step.danger is not None:
            late = late.filter(danger=step.danger)
        return late.filter(~Exists(told)).order_by(begins)


class BreachQuerySet(models.QuerySet):
    """What can be asked of breaches."""

    def lately(self, now: datetime) -> Self:
        """What was late in the last thirty days: not the first word of danger, which is no fault."""
        return self.exclude(level=Level.DESK).filter(told_at__gt=now - timedelta(days=30))

    def by_desk(self) -> dict[int, int]:
        """How many there are at each desk."""
        counted = self.order_by().values_list("report__desk").annotate(number=models.Count("pk"))
        return dict(counted)


class HandOverQuerySet(models.QuerySet):
    """What can be asked of hand-overs."""

    def open(self) -> Self:
        """Those that are not over yet."""
        return self.filter(state__in=HAND_OVER_OPEN)

    def offered_to(self, desk: Any) -> Self:
        """Those whose reporter agrees that this desk takes the report: it sees no more than a row of a list says."""
        return self.filter(target=desk, state=HandOverState.AGREED).select_related("source", "report__country")


class CannedAnswerQuerySet(PublishableQuerySet):
    """What can be asked of canned answers."""

    def for_desk(self, desk: Any, language: str) -> Self:
        """Those of a desk and of all desks that there are in a language."""
        written = {f"{column(name, language)}__isnull": False for name in ("title", "text")}
        return self.filter(Q(desk=None) | Q(desk=desk), **written).order_by("slug")


class RetentionRuleQuerySet(models.QuerySet):
    """What can be asked of the rules of deletion."""

    def approved(self) -> Self:
        """Those that hold, held or will hold."""
        return self.filter(approved_at__isnull=False)

    def proposed(self) -> Self:
        """Those that wait for a second coordinator."""
        return self.filter(approved_at=None, withdrawn_at=None)


class HoldQuerySet(models.QuerySet):
    """What can be asked of holds by law."""

    def open(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)


class TombstoneQuerySet(models.QuerySet):
    """What can be asked of the proofs of deletion."""

    def by_month(self) -> list[dict[str, Any]]:
        """How many reports, texts and files were deleted in each month, the last first."""
        months = self.order_by().annotate(month=TruncMonth("erased_at")).values("month")
        sums = {"reports": Count("pk"), "texts": Sum("envelopes"), "all_files": Sum("files")}
        return list(months.annotate(**sums).order_by("-month"))

    def erased_between(self, first: date, last: date) -> Self:
        """Those of reports that were deleted on these days."""
        return self.filter(erased_at__date__gte=first, erased_at__date__lte=last)


def colleagues(desk: Any, *roles: Role) -> models.QuerySet[User]:
    """Those who work at a desk and may log in, in any of these roles."""
    return User.objects.filter(
        is_active=True, memberships__organisation=desk.organisation_id, memberships__role__in=roles or WORKING
    ).distinct()
