"""What the people concerned ask about the record of a case, and what was done. Every word is in an envelope."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed, iso
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import CasePurpose
from desks.subject_requests.querysets import SubjectRequestQuerySet
from desks.subject_requests.states import (
    Requester,
    RightKind,
    RightStep,
    SubjectDecision,
    SubjectRequestState,
)
from desks.subject_requests.triggers import REQUEST_CLOCK


class SubjectRequest(Sealed):
    """A request: what for, by whom, until when. `envelope`: who asks, and in which words.

    `identity_on`: since when it is proved who asks. The proof itself is in a step.
    """

    stored_name = "desks.subjectrequest"

    case = models.ForeignKey(Case, models.CASCADE, related_name="subject_requests")
    kind = models.CharField(max_length=8, choices=RightKind)
    requester = models.CharField(max_length=8, choices=Requester)
    state = models.CharField(max_length=9, choices=SubjectRequestState, default=SubjectRequestState.OPEN)
    received_on = models.DateField()
    identity_on = models.DateField(null=True)
    is_extended = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    decision = models.CharField(max_length=7, choices=SubjectDecision, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        triggers = [REQUEST_CLOCK]
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SubjectRequestState.DECIDED, decided_on__isnull=False) & ~Q(decision="")
                | ~Q(state=SubjectRequestState.DECIDED) & Q(decided_on=None, decision=""),
                name="desks_subjectrequest_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(author=None) | ~Q(decided_by=F("author")),
                name="desks_subjectrequest_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.state == SubjectRequestState.OPEN

    def stamped_values(self) -> list[object]:
        own = [self.kind, self.requester, self.state, self.received_on, self.identity_on, self.is_extended]
        return [*super().stamped_values(), *own, iso(self.due_at), self.decision, self.decided_by_id, self.decided_on]


class SubjectRequestStep(Sealed):
    """What was done about a request; how the identity was proved, the reason, the decision in words are sealed."""

    stored_name = "desks.subjectrequeststep"

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=9, choices=RightStep)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.request_id, self.kind]


add_purpose(SubjectRequest, CasePurpose.RIGHTS)
add_purpose(SubjectRequestStep, CasePurpose.RIGHTS)
declare_plain(
    "desks.subjectrequest",
    {
        **WRITTEN,
        "kind": "code; what is asked for: gate and list",
        "requester": "code; what the person may get",
        "state": "code; clock and gate",
        "received_on": "the day from which the month runs",
        "identity_on": "gate: nothing is granted without",
        "is_extended": "yes or no; it is extended once",
        "due_at": "clock",
        "decision": "code; what follows, and the list of the data protection officer",
        "decided_by": "a colleague: never the author",
        "decided_on": "clock of deletion, where that was granted",
    },
)
declare_plain("desks.subjectrequeststep", {**WRITTEN, "request": "leads to the request", "kind": "code; what was done"})
