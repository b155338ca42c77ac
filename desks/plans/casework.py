"""Models of what is done for a child: services, reviews, follow-ups after closing. Every word is in an envelope."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from desks.cases.casework import Task
from desks.cases.code_lists import Answer
from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import CasePurpose
from desks.desk.states import Service
from desks.plans.code_lists import FollowUpResult, ProviderKind, ReviewKind, ReviewOutcome, ServiceBasis
from desks.plans.querysets import ReviewQuerySet, ServiceQuerySet
from desks.plans.states import ServiceState
from desks.plans.triggers import FOLLOWS_REVIEW, SERVICE_CLOCK
from partners.directory.models import Country
from victor.vault.records.models import Envelope


class ServiceRow(Sealed):
    """A service for the child. Who gives it, and what was said at each step, is sealed."""

    stored_name = "desks.servicerow"

    case = models.ForeignKey(Case, models.CASCADE, related_name="services")
    service = models.CharField(max_length=21, choices=Service)
    state = models.CharField(max_length=9, choices=ServiceState, default=ServiceState.REQUESTED)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    provider_kind = models.CharField(max_length=6, choices=ProviderKind)
    basis = models.CharField(max_length=8, choices=ServiceBasis, blank=True)
    helpful = models.CharField(max_length=7, choices=Answer, blank=True)
    due_on = models.DateField(null=True)
    requested_on = models.DateField()
    offered_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    provided_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        triggers = [SERVICE_CLOCK]
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ServiceState.PROVIDED) | Q(provided_on__isnull=False) & ~Q(basis=""),
                name="desks_servicerow_on_a_basis",
            ),
            models.CheckConstraint(
                condition=~Q(state=ServiceState.ENDED) | Q(ended_on__isnull=False), name="desks_servicerow_ended_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.service} {self.state}"

    def stamped_values(self) -> list[object]:
        codes = [self.service, self.state, self.country_id, self.provider_kind, self.basis, self.helpful]
        days = [self.requested_on, self.offered_on, self.answered_on, self.provided_on, self.ended_on]
        return [*super().stamped_values(), *codes, self.due_on, *days]


class ServiceStep(Sealed):
    """What was done about a service: who accepted or declined and why, the basis, the result. `kind`: where it led."""

    stored_name = "desks.servicestep"

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    service = models.ForeignKey(ServiceRow, models.CASCADE, related_name="steps")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    kind = models.CharField(max_length=9, choices=ServiceState, blank=True)
    basis = models.CharField(max_length=8, choices=ServiceBasis, blank=True)
    happened_on = models.DateField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.service_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.service_id, self.kind, self.basis, self.happened_on]


class Review(Sealed):
    """A case is looked at as a whole: planned until it took place, and then frozen."""

    stored_name = "desks.review"

    case = models.ForeignKey(Case, models.CASCADE, related_name="reviews")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    kind = models.CharField(max_length=11, choices=ReviewKind)
    planned_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    outcome = models.CharField(max_length=9, choices=ReviewOutcome, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        triggers = [FOLLOWS_REVIEW]
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(held_on=None), name="desks_review_one_planned"),
            models.CheckConstraint(
                condition=Q(held_on=None, planned_on__isnull=False)
                | Q(held_on__isnull=False, envelope__isnull=False) & ~Q(outcome=""),
                name="desks_review_planned_or_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.kind, self.planned_on, self.held_on, self.outcome]


class FollowUp(Sealed):
    """What was found out about a child after the case was closed, six and twelve months later."""

    stored_name = "desks.followup"

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    task = models.OneToOneField(Task, models.CASCADE, related_name="follow_up")
    done_on = models.DateField()
    result = models.CharField(max_length=11, choices=FollowUpResult)
    safe = models.CharField(max_length=7, choices=Answer)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.result}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.task_id, self.done_on, self.result, self.safe]


add_purpose(ServiceRow, CasePurpose.SERVICE)
add_purpose(ServiceStep, CasePurpose.SERVICE)
add_purpose(Review, CasePurpose.REVIEW)
add_purpose(FollowUp, CasePurpose.FOLLOW_UP)
declare_plain(
    "desks.servicerow",
    {
        **WRITTEN,
        "service": "code of sixteen; figures",
        "state": "code; gates, clock and closing",
        "country": "where the service is; figures",
        "provider_kind": "code; figures",
        "basis": "code; the gate of support",
        "helpful": "code; figures",
        "due_on": "clock",
        "requested_on": "clock",
        "offered_on": "clock",
        "answered_on": "clock",
        "provided_on": "clock",
        "ended_on": "clock",
    },
)
declare_plain(
    "desks.servicestep",
    {
        **WRITTEN,
        "service": "leads to the service",
        "kind": "code; what was done",
        "basis": "code; on what basis",
        "happened_on": "clock",
    },
)
declare_plain(
    "desks.review",
    {
        **WRITTEN,
        "kind": "code",
        "planned_on": "clock",
        "held_on": "clock, and the gate of the follow-up",
        "outcome": "code; figures",
    },
)
declare_plain(
    "desks.followup",
    {
        **WRITTEN,
        "task": "leads to the task that it settles",
        "done_on": "clock",
        "result": "code; figures",
        "safe": "code; figures, and whether the case is looked at again",
    },
)
