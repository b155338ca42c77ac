"""Plans for children, version by version, their goals, and who has agreed. Every word is in an envelope."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed, TimelineEntry
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import CasePurpose
from desks.plans.code_lists import AnswerWay, GoalKind, PlanAnswer, SignerRole
from desks.plans.querysets import PlanQuerySet
from desks.plans.states import FROZEN_STATES, VALID_STATES, GoalState, PlanState
from desks.plans.triggers import FOLLOWS_CASE, FOLLOWS_PLAN, FOLLOWS_TIMELINE
from victor.vault.keys.models import Stamped

PERSON = settings.AUTH_USER_MODEL


class Plan(Sealed):
    """One version of a child's plan, with the words of its goals. `writers`: whoever has written a word of it.

    Who saves over a text that they have not seen writes a second one, and chooses between the two.
    """

    stored_name = "desks.plan"

    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    writers = ArrayField(models.BigIntegerField(), default=list)
    approver = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    agreed_on = models.DateField(null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        triggers = [FOLLOWS_PLAN]
        ordering = ["-version", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state=PlanState.DRAFT), name="desks_plan_one_draft"),
            models.UniqueConstraint(fields=["case"], condition=Q(state=PlanState.AGREED), name="desks_plan_one_agreed"),
            models.UniqueConstraint(
                fields=["case", "version"],
                condition=Q(state__in=sorted(FROZEN_STATES)),
                name="desks_plan_version_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(VALID_STATES))
                | Q(approver__isnull=False, author__isnull=False) & ~Q(approver=F("author")),
                name="desks_plan_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.AGREED) | Q(agreed_on__isnull=False), name="desks_plan_agreed_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.version}"

    def stamped_values(self) -> list[object]:
        own = [self.version, self.state, self.writers, self.approver_id, self.agreed_on]
        return [*super().stamped_values(), *own]


class Goal(Stamped):
    """A goal of a version of a plan. Its words are in the envelope of the plan, at this number."""

    stored_name = "desks.goal"

    case = models.ForeignKey(Case, models.CASCADE, related_name="goals")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=11, choices=GoalKind, blank=True)
    state = models.CharField(max_length=7, choices=GoalState, default=GoalState.OPEN)
    planned_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="desks_goal_once"),
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN, ended_on=None) | ~Q(state=GoalState.OPEN) & Q(ended_on__isnull=False),
                name="desks_goal_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"

    def stamped_values(self) -> list[object]:
        own = [self.number, self.kind, self.state, self.planned_on, self.ended_on]
        return [self.case_id, self.plan_id, *own]


class PlanSignature(Sealed):
    """What the child, the guardian or another signer says of a plan. Of each role the last answer counts."""

    stored_name = "desks.plansignature"

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="signatures")
    role = models.CharField(max_length=9, choices=SignerRole)
    answer = models.CharField(max_length=9, choices=PlanAnswer)
    way = models.CharField(max_length=6, choices=AnswerWay)
    signed_on = models.DateField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.role} {self.answer}"

    def stamped_values(self) -> list[object]:
        own = [self.plan_id, self.role, self.answer, self.way, self.signed_on]
        return [*super().stamped_values(), *own]


pgtrigger.register(FOLLOWS_CASE)(Case)
pgtrigger.register(FOLLOWS_TIMELINE)(TimelineEntry)
add_purpose(Plan, CasePurpose.PLAN)
add_purpose(PlanSignature, CasePurpose.PLAN)
declare_plain(
    "desks.plan",
    {
        **WRITTEN,
        "version": "a number: which counts",
        "state": "code; the gates, and what waits for a supervisor",
        "writers": "colleagues: whoever has written a plan does not approve it",
        "approver": "a colleague: never a writer",
        "agreed_on": "clock: when the plan was agreed",
    },
)
declare_plain(
    "desks.goal",
    {
        "plan": "leads to the version of the plan",
        "number": "which of its goals",
        "kind": "code; the gates, and what a return needs",
        "state": "code; figures and reviews",
        "planned_on": "clock",
        "ended_on": "clock",
    },
)
declare_plain(
    "desks.plansignature",
    {
        **WRITTEN,
        "plan": "leads to the version of the plan",
        "role": "code; the gate of support",
        "answer": "code; the gate of support",
        "way": "code; what can be shown later",
        "signed_on": "clock",
    },
)
