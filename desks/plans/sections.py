"""The sections of a case's page with its plan, its reviews and its services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import CODE_LISTS
from desks.cases.casework import Task
from desks.cases.code_lists import TaskKind
from desks.cases.querysets import add_plans
from desks.cases.sections import CaseSection, add_case_section
from desks.cases.states import EntryKind, TaskState
from desks.plans.casework import Review
from desks.plans.code_lists import FollowUpResult, ReviewOutcome
from desks.plans.presenters import plan_of_case, services_of_case
from desks.plans.states import GoalState, PlanState, ServiceState

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

CODE_LISTS[EntryKind.PLAN] = PlanState
CODE_LISTS[EntryKind.GOAL] = GoalState
CODE_LISTS[EntryKind.SERVICE] = ServiceState
CODE_LISTS[EntryKind.REVIEW] = ReviewOutcome
CODE_LISTS[EntryKind.FOLLOW_UP] = FollowUpResult


@add_plans
def cases_with_review(day: date) -> QuerySet:
    """The cases in which a review is planned until a day: those are not quiet."""
    return Review.objects.planned().filter(planned_on__lte=day).values("case")


@add_plans
def cases_with_follow_up(day: date) -> QuerySet:
    """The cases in which a follow-up is planned until a day."""
    waiting = Task.objects.filter(kind=TaskKind.FOLLOW_UP, state=TaskState.OPEN)
    return waiting.filter(due_at__date__lte=day).values("case")


add_case_section(CaseSection("plan", _("Plan"), 50, "desks/plans/_plan_section.html", plan_of_case))
add_case_section(CaseSection("services", _("Services"), 55, "desks/plans/_services.html", services_of_case))
