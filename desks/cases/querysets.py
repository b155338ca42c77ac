from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self, TypeAlias

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from desks.cases.clocks import PLANNED_WITHIN, QUIET_DAYS
from desks.cases.states import RUNNING_STAGES, CaseLevel, RequestState, StatusRequestState
from desks.desk.querysets import colleagues
from desks.desk.rules import organisations_with_desk_role
from desks.reports.states import Risk
from partners.memberships.rules import organisations_of
from victor.accounts.models import User

if TYPE_CHECKING:
    from desks.desk.models import Desk

FindPlanned: TypeAlias = "Callable[[date], models.QuerySet]"
FindDecisions: TypeAlias = "Callable[[User], models.QuerySet]"
# Asked of higher slices: the cases in which something is planned until a day, which are not quiet; and those in which
# something waits for the decision of a person who has not asked for it.
PLANS: list[FindPlanned] = []
DECISIONS: list[FindDecisions] = []
# The views of the list of cases, in the order of the page.
SHOWN = {
    "mine": pgettext_lazy("cases", "Mine"),
    "all": pgettext_lazy("cases", "All open"),
    "unassigned": pgettext_lazy("cases", "Without worker"),
    "late": pgettext_lazy("cases", "Late"),
    "no_guardian": pgettext_lazy("cases", "Without guardian"),
    "approve": pgettext_lazy("cases", "To approve"),
    "quiet": pgettext_lazy("cases", "Quiet for 60 days"),
    "closed": pgettext_lazy("cases", "Closed"),
}
DANGER_FIRST = Case(When(risk=Risk.DANGER, then=Value(0)), default=Value(1))


def add_plans(find: FindPlanned) -> FindPlanned:
    """Ask this function which cases, by primary key, have something planned until a day."""
    PLANS.append(find)
    return find


def add_decisions(find: FindDecisions) -> FindDecisions:
    """Ask this function which cases, by primary key, have something on which a person can decide."""
    DECISIONS.append(find)
    return find


class CaseQuerySet(models.QuerySet):
    """What can be asked of cases."""

    def visible_to(self, user: User) -> Self:
        """Those that the person may open: of their desks, and, where a case is restricted, as a named person."""
        here = self.filter(desk__organisation__in=organisations_with_desk_role(user))
        return here.filter(Q(restricted_group=None) | Q(Exists(_named(user))))

    def hidden_from(self, user: User) -> Self:
        """Restricted cases that the person supervises without being named: reference and clocks, nothing else."""
        here = self.filter(desk__organisation__in=organisations_of(user, supervising=True))
        return here.filter(restricted_group__isnull=False).exclude(Exists(_named(user)))

    def running(self) -> Self:
        """Those on which the desk works."""
        return self.filter(stage__in=sorted(RUNNING_STAGES))

    def quiet(self, today: date) -> Self:
        """Those in which nothing has happened for sixty days, and nothing is planned within ninety."""
        return self.filter(_is_quiet(today))

    def for_listing(self) -> Self:
        """With what a row shows, danger first, then by time. Nothing of what was written: that is in the vault."""
        return (
            self.select_related("worker", "lead")
            .annotate(is_in_danger=DANGER_FIRST)
            .order_by("is_in_danger", models.F("due_at").asc(nulls_last=True), "reference")
        )

    def named(self, text: str) -> Self:
        """The one with this reference, typed in any case, with or without the hyphen."""
        signs = "".join(sign for sign in text.upper() if sign.isalnum())
        return self.filter(reference=f"{signs[:3]}-{signs[3:]}")

    def named_like(self, text: str) -> Self:
        """Those whose reference has this in it, in any case, with or without the hyphen."""
        part = "".join(sign for sign in text if sign.isalnum())
        return self.filter(Q(reference__icontains=part) | Q(reference__icontains=f"{part[:3]}-{part[3:]}"))


class ClockQuerySet(models.QuerySet):
    """What can be asked of the clocks of cases."""

    def late_at(self, desk: Desk, kind: str, level: CaseLevel, before: datetime, *, danger: bool | None) -> Self:
        """Those of a desk that ran out before a moment, and of which this level has not been told."""
        notified = apps.get_model("desks.CaseEscalation").objects.filter(
            case=OuterRef("case"),
            kind=OuterRef("kind"),
            source=OuterRef("source"),
            since=OuterRef("since"),
            level=level,
        )
        late = self.filter(case__desk=desk, kind=kind, due_at__lte=before).filter(~Exists(notified))
        if danger is True:
            return late.filter(case__risk=Risk.DANGER)
        return late if danger is None else late.exclude(case__risk=Risk.DANGER)


class MergeQuerySet(models.QuerySet):
    """What can be asked of merges."""

    def done(self) -> Self:
        """Those that were approved and not undone."""
        return self.filter(merged_at__isnull=False, undone_at=None)


def list_condition(name: str, user: User) -> Q:
    """Which cases a view of the list shows. The same condition counts them: a number is the length of its list."""
    running = Q(stage__in=sorted(RUNNING_STAGES))
    guardian = Q(presumed_at__isnull=False) & ~Q(guardian_state__in=["appointed", "not_needed"])
    conditions = {
        "mine": running & Q(worker=user),
        "unassigned": running & Q(worker=None),
        "late": running & Q(due_at__lte=timezone.now()),
        "no_guardian": running & guardian,
        "approve": _is_to_decide(user),
        "quiet": _is_quiet(timezone.localdate()),
        "closed": ~running,
    }
    return conditions.get(name, running)


def flag_condition(kind: str) -> Q:
    """Which cases have a flag: those in which a clock of this kind runs."""
    return Q(pk__in=apps.get_model("desks.CaseClock").objects.filter(kind=kind).values("case"))


def listed_workers(desk: Desk, cases: CaseQuerySet) -> models.QuerySet[User]:
    """Those who work at a desk, and whoever works on one of these cases though they have left it."""
    working = cases.running().order_by().values("worker")
    return User.objects.filter(Q(pk__in=colleagues(desk).values("pk")) | Q(pk__in=working))


def _is_quiet(today: date) -> Q:
    quiet = Q(stage__in=sorted(RUNNING_STAGES), last_event_on__lte=today - timedelta(days=QUIET_DAYS))
    for find in PLANS:
        quiet &= ~Q(pk__in=find(today + PLANNED_WITHIN))
    return quiet


def _is_to_decide(user: User) -> Q:
    requests = apps.get_model("desks.MoveRequest").objects.filter(state=RequestState.ASKED).exclude(author=user)
    about_status = apps.get_model("desks.StatusRequest").objects.filter(state=StatusRequestState.ASKED)
    waiting = Q(pk__in=requests.values("case")) | Q(pk__in=about_status.exclude(author=user).values("case"))
    for find in DECISIONS:
        waiting |= Q(pk__in=find(user))
    return waiting


def _named(user: User) -> models.QuerySet:
    members = apps.get_model("vault.Member").objects
    return members.filter(group=OuterRef("restricted_group"), user=user)
