"""Plans that wait for a supervisor, and children who are not safe after closing, in the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from desks.cases.models import Case
from desks.cases.querysets import add_decisions
from desks.cases.states import RUNNING_STAGES
from desks.cases.todo import CASE, SUPERVISORS
from desks.plans.casework import FollowUp
from desks.plans.models import Plan
from desks.plans.states import PlanState
from victor.todo.declarations import Kind, Line, Watched, declare_kind, since

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem

RUNNING = "c.stage IN ({})".format(", ".join(f"'{stage}'" for stage in sorted(RUNNING_STAGES)))
LEADS = """ARRAY[CASE WHEN c.lead_id IS NOT NULL THEN 'user:' || c.lead_id
    ELSE 'supervisor:' || d.organisation_id END]"""
OF_CASE = "SELECT own.* FROM {table} own WHERE own.case_id = {{row}}.id"
OF_DESK = "SELECT own.* FROM {table} own JOIN desks_case c ON c.id = own.case_id WHERE c.desk_id = {{row}}.id"


def watched(table: str) -> list[Watched]:
    """What of its case and desk an item of this table depends on."""
    return [
        Watched("desks_case", OF_CASE.format(table=table), ("stage", "lead_id")),
        Watched("desks_desk", OF_DESK.format(table=table), ("organisation_id", "slug")),
    ]


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


def readable_follow_ups(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """Those of cases that this person may open."""
    rows = FollowUp.objects.filter(pk__in=[int(item.source) for item in items])
    mine = {str(pk) for pk in rows.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True)}
    return [item for item in items if item.source in mine]


@add_decisions
def cases_with_plan(user: User) -> QuerySet:
    """The cases with a plan that waits for a supervisor, and of which this person has written no word."""
    asked = Plan.objects.filter(state=PlanState.ASKED, case__stage__in=sorted(RUNNING_STAGES))
    return asked.exclude(author=user).exclude(writers__contains=[user.pk]).values("case")


def readable(user: User, items: Sequence[OpenItem]) -> Sequence[OpenItem]:
    """Those of cases that this person may open, and that they have not written themselves."""
    rows = Plan.objects.filter(pk__in=[int(item.source) for item in items]).exclude(writers__contains=[user.pk])
    mine = {str(pk) for pk in rows.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True)}
    return [item for item in items if item.source in mine]


declare_kind(
    Kind(
        name="desks.case_plan",
        table="desks_plan",
        describe=plan_line,
        joins=CASE,
        is_open=f"r.state = 'asked' AND {RUNNING}",
        audiences=SUPERVISORS,
        barred="r.author_id",
        subject="'desks.case:' || c.id",
        since="r.made_at",
        facts={"reference": "c.reference", "desk": "d.slug"},
        watched=watched("desks_plan"),
        keep_for=readable,
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
        watched=watched("desks_followup"),
        keep_for=readable_follow_ups,
    )
)
