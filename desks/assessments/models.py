"""Assessments of a child's risk, needs and best interests, version by version. Every answer is in an envelope."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from desks.assessments.querysets import AssessmentQuerySet
from desks.assessments.states import SIGNED_STATES, AssessmentKind, AssessmentState
from desks.assessments.triggers import FOLLOWS_STAGE, REPEAT_CLOCK
from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import CasePurpose
from desks.reports.states import Risk


class Assessment(Sealed):
    """One version of an assessment. `author` and `made_at` are those of the last saving, and then of the signature.

    Who saves over a text that they have not seen writes a second one, and chooses between the two.
    """

    stored_name = "desks.assessment"

    case = models.ForeignKey(Case, models.CASCADE, related_name="assessments")
    kind = models.CharField(max_length=5, choices=AssessmentKind)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=AssessmentState, default=AssessmentState.DRAFT)
    risk = models.CharField(max_length=6, choices=Risk, blank=True)
    next_on = models.DateField(null=True)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        triggers = [REPEAT_CLOCK]
        ordering = ["kind", "-version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(state=AssessmentState.DRAFT), name="desks_assessment_one_draft"
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "version"],
                condition=Q(state__in=sorted(SIGNED_STATES)),
                name="desks_assessment_version_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.APPROVED)
                | Q(approver__isnull=False, author__isnull=False) & ~Q(approver=F("author")),
                name="desks_assessment_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.version}"

    def stamped_values(self) -> list[object]:
        own = [self.kind, self.version, self.state, self.risk, self.next_on, self.approver_id]
        return [*super().stamped_values(), *own]


pgtrigger.register(FOLLOWS_STAGE)(Case)
add_purpose(Assessment, CasePurpose.ASSESSMENT)
declare_plain(
    "desks.assessment",
    {
        **WRITTEN,
        "kind": "code; the gates",
        "version": "a number: which counts",
        "state": "code; the gates, and what waits for a supervisor",
        "risk": "code; lowering a risk needs a second person",
        "next_on": "clock of the next assessment",
        "approver": "a colleague: never the author",
    },
)
