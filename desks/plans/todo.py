"""Plans that wait for a supervisor, and children who are not safe after closing, in the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from desks.cases.querysets import add_decisions
from desks.cases.states import RUNNING_STAGES
from desks.cases.todo import CASE, CASE_RUNS, LEADS, SUPERVISORS, keeps_readable, watched_rows
from desks.plans.casework import FollowUp
from desks.plans.models import Plan
from desks.plans.states import PlanState
from victor.todo.declarations import Kind, Line, declare_kind, since

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.accounts.models import User
    from victor.todo.models import Item


def plan_line(item: Item, number: int) -> Line:
    """Somebody has written a plan that another person approves."""
    title = _("%(reference)s: decide about a plan") % {"reference": item.facts["reference"]}
    page = reverse("desks:case_section", args=[item.facts["desk"], item.facts["reference"], "plan"])
    return Line(title, since(item.since), page)


def unsafe_line(item: Item, number: int) -> Line:
    """A follow-up has found that the child is not safe, and the case is closed."""
    title = _("%(reference)s: the child is not safe, decide about reopening") % {"reference": item.facts["reference"]}
    page = reverse("desks:case_section", args=[item.facts["desk"], item.facts["reference"], "plan"])
    return Line(title, since(item.since), page)


@add_decisions
def cases_with_plan(user: User) -> QuerySet:
    """The cases with a plan that waits for a supervisor, and of which this person has written no word."""
    asked = plans_of_others(user).filter(state=PlanState.ASKED, case__stage__in=sorted(RUNNING_STAGES))
    return asked.exclude(author=user).values("case")


def plans_of_others(user: User) -> QuerySet:
    """Plans of which a person has written no word."""
    return Plan.objects.exclude(writers__contains=[user.pk])


declare_kind(
    Kind(
        name="desks.case_plan",
        table="desks_plan",
        describe=plan_line,
        joins=CASE,
        is_open=f"r.state = 'asked' AND {CASE_RUNS}",
        audiences=SUPERVISORS,
        barred="r.author_id",
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=watched_rows("desks_plan", "stage", "lead_id"),
        keep_for=keeps_readable(plans_of_others),
    )
)
declare_kind(
    Kind(
        name="desks.case_unsafe",
        table="desks_followup",
        describe=unsafe_line,
        joins=CASE,
        is_open="r.safe = 'no' AND c.stage = 'closed'",
        audiences=LEADS,
        subject="'desks.case:' || c.id",
        since="r.made_at",
        urgent="TRUE",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=watched_rows("desks_followup", "stage", "lead_id"),
        keep_for=keeps_readable(lambda _user: FollowUp.objects.all()),
    )
)
