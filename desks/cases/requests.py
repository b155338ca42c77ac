"""Models of what somebody asks another person to decide: to move, close or merge a case, to presume a victim."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desks.cases.code_lists import ClosureOutcome, ClosureReason
from desks.cases.models import Case, Sealed, iso
from desks.cases.querysets import MergeQuerySet
from desks.cases.states import CaseMove, RequestState, Stage, StatusRequestState
from victor.vault.keys.models import Stamped

PERSON = settings.AUTH_USER_MODEL
UNDO_DAYS = 30


class MoveRequest(Sealed):
    """Somebody asks to move a case, and another person decides. The words are why; for a closure more than that."""

    stored_name = "desks.moverequest"

    case = models.ForeignKey(Case, models.CASCADE, related_name="requests")
    move = models.CharField(max_length=9, choices=CaseMove)
    state = models.CharField(max_length=9, choices=RequestState, default=RequestState.ASKED)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=RequestState.ASKED), name="desks_moverequest_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.APPROVED) | Q(decided_by__isnull=False) & ~Q(decided_by=F("author")),
                name="desks_moverequest_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.move} {self.state}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.move, self.state, self.decided_by_id, iso(self.decided_at)]


class CaseClosure(models.Model):
    """With what outcome somebody asks to close a case. Who asked and who approved stands in the request."""

    stored_name = "desks.caseclosure"

    request = models.OneToOneField(MoveRequest, models.CASCADE, related_name="closure")
    outcome = models.CharField(max_length=35, choices=ClosureOutcome)
    reason = models.CharField(max_length=10, choices=ClosureReason)
    follow_up_until = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"


class CaseMerge(Stamped):
    """Into which other case of its desk somebody asks to merge one, and until when it can be taken out again."""

    stored_name = "desks.casemerge"

    request = models.OneToOneField(MoveRequest, models.CASCADE, related_name="merge")
    into = models.ForeignKey(Case, models.CASCADE, related_name="merges")
    stage_before = models.CharField(max_length=11, choices=Stage)
    merged_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False, merged_at__isnull=False),
                name="desks_casemerge_undone_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.into_id}"

    @property
    def undo_until(self) -> datetime | None:
        """Until when it can be undone; None where it is not done."""
        return self.merged_at + timedelta(days=UNDO_DAYS) if self.merged_at and not self.undone_at else None

    @property
    def is_undoable(self) -> bool:
        """Whether it can still be undone."""
        return self.undo_until is not None and timezone.now() <= self.undo_until

    def stamped_values(self) -> list[object]:
        undone = [self.undone_by_id, iso(self.undone_at)]
        return [self.request_id, self.into_id, self.stage_before, iso(self.merged_at), *undone]


class StatusRequest(Stamped):
    """A screening points to a presumed victim, and somebody asks the supervisors: one at a time in a case."""

    stored_name = "desks.statusrequest"

    case = models.ForeignKey(Case, models.CASCADE, related_name="status_requests")
    state = models.CharField(max_length=8, choices=StatusRequestState, default=StatusRequestState.ASKED)
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=StatusRequestState.ASKED), name="desks_statusrequest_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=StatusRequestState.ASKED, decided_at=None)
                | ~Q(state=StatusRequestState.ASKED) & Q(decided_at__isnull=False),
                name="desks_statusrequest_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"

    def stamped_values(self) -> list[object]:
        people = [self.author_id, self.decided_by_id]
        return [self.case_id, self.state, *people, iso(self.made_at), iso(self.decided_at)]
