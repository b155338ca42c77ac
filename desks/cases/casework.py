"""Models of what is written and decided in a case: the child's record, guardians, decisions, tasks, requests, holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desks.cases.code_lists import (
    Block,
    GuardianKind,
    Phase,
    Priority,
    RelativeKind,
    Source,
    StatusBody,
    TaskKind,
)
from desks.cases.models import Case, Sealed, iso
from desks.cases.states import BlockState, GuardianState, TaskState, VictimStatus
from desks.cases.triggers import TASK_CLOCK
from victor.vault.keys.models import Stamped
from victor.vault.records.models import Envelope, SealedFile

PERSON = settings.AUTH_USER_MODEL


class IdentityBlock(Sealed):
    """One version of a part of the child's record. The saved one with the highest number counts.

    Who saves over a version that they have not seen writes a draft, and chooses between the two.
    """

    stored_name = "desks.identityblock"

    case = models.ForeignKey(Case, models.CASCADE, related_name="blocks")
    block = models.CharField(max_length=8, choices=Block)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=BlockState, default=BlockState.SAVED)
    source = models.CharField(max_length=9, choices=Source)

    class Meta:
        ordering = ["block", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "block", "number"], condition=Q(state=BlockState.SAVED), name="desks_block_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.block} {self.number}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.block, self.number, self.state, self.source]


class CasePhase(Sealed):
    """A phase of the procedure in which the child is. Several run at the same time; the reason is sealed."""

    stored_name = "desks.casephase"

    case = models.ForeignKey(Case, models.CASCADE, related_name="phases")
    phase = models.PositiveSmallIntegerField(choices=Phase)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["phase", "since"]
        constraints = [
            models.UniqueConstraint(fields=["case", "phase"], condition=Q(until=None), name="desks_phase_one_open"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="desks_phase_span"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.phase}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.phase, self.since]


class Guardian(Sealed):
    """A step about the child's guardian: requested, appointed, refused, ended, or why none is needed."""

    stored_name = "desks.guardian"

    case = models.ForeignKey(Case, models.CASCADE, related_name="guardians")
    state = models.CharField(max_length=10, choices=GuardianState)
    kind = models.CharField(max_length=9, choices=GuardianKind, default=GuardianKind.UNKNOWN)
    happened_on = models.DateField()
    conflict_checked = models.BooleanField(default=False)
    conflict = models.BooleanField(default=False)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"

    def stamped_values(self) -> list[object]:
        own = [self.state, self.kind, self.happened_on, self.conflict_checked, self.conflict]
        return [*super().stamped_values(), *own]


class Relative(Sealed):
    """Somebody of the child's family. `blocked`: nobody contacts them, and the envelope says why."""

    stored_name = "desks.relative"

    case = models.ForeignKey(Case, models.CASCADE, related_name="relatives")
    relation = models.CharField(max_length=11, choices=RelativeKind)
    blocked = models.BooleanField(default=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.relation}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.relation, self.blocked]


class StatusDecision(Sealed):
    """The child's status was set: by a supervisor who presumes, or by the body that decides, with its paper."""

    stored_name = "desks.statusdecision"

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    status = models.CharField(max_length=14, choices=VictimStatus)
    body = models.CharField(max_length=6, choices=StatusBody, blank=True)
    decided_on = models.DateField()
    received_on = models.DateField(null=True)
    paper = models.OneToOneField(SealedFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=[VictimStatus.IDENTIFIED, VictimStatus.NOT_IDENTIFIED])
                | Q(paper__isnull=False, received_on__isnull=False) & ~Q(body=""),
                name="desks_statusdecision_with_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"

    def stamped_values(self) -> list[object]:
        own = [self.status, self.body, self.decided_on, self.received_on, self.paper_id]
        return [*super().stamped_values(), *own]


class Task(Sealed):
    """Something to do in a case, in words that only its people read."""

    stored_name = "desks.task"

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    owner = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    priority = models.CharField(max_length=6, choices=Priority, default=Priority.NORMAL)
    kind = models.CharField(max_length=9, choices=TaskKind, default=TaskKind.WRITTEN)
    state = models.CharField(max_length=7, choices=TaskState, default=TaskState.OPEN)
    settled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [TASK_CLOCK]
        ordering = [F("due_at").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["case", "state"], name="desks_task_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.kind]


class CaseHold(Stamped):
    """The law demands that a case is kept. The reason is sealed with it."""

    stored_name = "desks.casehold"

    case = models.ForeignKey(Case, models.CASCADE, related_name="holds")
    reason = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None) | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="desks_casehold_lifted_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"

    def stamped_values(self) -> list[object]:
        return [self.case_id, self.reason_id, self.by_id, iso(self.since)]
