"""Where a child lives, whether the child is there, and when the child was missing. What is said of it is sealed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed, iso
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import BlockState, CasePurpose
from desks.notifications.states import Channel
from desks.placements.querysets import (
    CheckInQuerySet,
    MissingReportQuerySet,
    PlacementQuerySet,
    PlacementTextQuerySet,
)
from desks.placements.states import MISSING_STATES, CheckInState, Contact, MissingState, PlaceKind
from desks.placements.triggers import CHECK_IN_CLOCK, FOLLOWS_STAGE, MISSING_CLOCK
from victor.vault.keys.models import Stamped
from victor.vault.records.models import Envelope


class Placement(Stamped):
    """A place where the child lives, from a moment until another. `watch_until`: the end of the 72-hour watch."""

    stored_name = "desks.placement"

    case = models.ForeignKey(Case, models.CASCADE, related_name="placements")
    kind = models.CharField(max_length=11, choices=PlaceKind)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    watch_until = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until=None), name="desks_placement_one_open"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="desks_placement_span"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        moments = [iso(moment) for moment in (self.since, self.until, self.watch_until, self.made_at)]
        return [self.case_id, self.kind, self.author_id, *moments]


class PlacementText(Sealed):
    """One version of what is written of a place. The saved one with the highest number counts.

    Who saves over a version that they have not seen writes a second text, and somebody chooses between the two.
    """

    stored_name = "desks.placementtext"

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=BlockState, default=BlockState.SAVED)

    objects = PlacementTextQuerySet.as_manager()

    class Meta:
        ordering = ["placement", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "number"], condition=Q(state=BlockState.SAVED), name="desks_placementtext_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.number}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.placement_id, self.number, self.state]


class CheckIn(Sealed):
    """A look at whether the child is there, at a time. While the watch runs there is one that waits."""

    stored_name = "desks.checkin"

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="check_ins")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    state = models.CharField(max_length=7, choices=CheckInState, default=CheckInState.DUE)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        triggers = [CHECK_IN_CLOCK]
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(state=CheckInState.DUE), name="desks_checkin_one_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.state}"

    def stamped_values(self) -> list[object]:
        own = [self.placement_id, self.state, iso(self.due_at), iso(self.done_at)]
        return [*super().stamped_values(), *own]


class MissingReport(Sealed):
    """The child is missing. `envelope`: how the child was last seen. `called_at`: the last call of the police."""

    stored_name = "desks.missingreport"

    case = models.ForeignKey(Case, models.CASCADE, related_name="missing_reports")
    placement = models.ForeignKey(Placement, models.CASCADE, null=True, related_name="missing_reports")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    state = models.CharField(max_length=8, choices=MissingState, default=MissingState.NOTICED)
    noticed_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    objects = MissingReportQuerySet.as_manager()

    class Meta:
        triggers = [MISSING_CLOCK]
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=sorted(MISSING_STATES)), name="desks_missingreport_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=MissingState.RETURNED, returned_at__isnull=False)
                | Q(state__in=sorted(MISSING_STATES), returned_at=None),
                name="desks_missingreport_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"

    def stamped_values(self) -> list[object]:
        moments = [iso(moment) for moment in (self.noticed_at, self.called_at, self.returned_at)]
        return [*super().stamped_values(), self.placement_id, self.state, *moments]


class MissingStep(Sealed):
    """Somebody was told of the missing child, or the child is back; the words and the number given are sealed."""

    stored_name = "desks.missingstep"

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    report = models.ForeignKey(MissingReport, models.CASCADE, related_name="steps")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    kind = models.CharField(max_length=10, choices=Contact)
    how = models.CharField(max_length=9, choices=Channel, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.report_id, self.kind, self.how]


pgtrigger.register(FOLLOWS_STAGE)(Case)
add_purpose(PlacementText, CasePurpose.PLACEMENT)
add_purpose(CheckIn, CasePurpose.CHECK_IN)
add_purpose(MissingReport, CasePurpose.MISSING)
add_purpose(MissingStep, CasePurpose.MISSING)
declare_plain(
    "desks.placement",
    {
        **WRITTEN,
        "kind": "code; the gate of follow-up",
        "since": "clock of the watch",
        "until": "where the child lives now: the gate of follow-up",
        "watch_until": "clock: the end of the watch",
    },
)
declare_plain(
    "desks.placementtext",
    {
        **WRITTEN,
        "placement": "leads to the place",
        "number": "which version counts: two editors",
        "state": "code; two editors",
    },
)
declare_plain(
    "desks.checkin",
    {
        **WRITTEN,
        "placement": "leads to the place",
        "state": "code; clock and gate",
        "due_at": "clock",
        "done_at": "clock: when it ended",
    },
)
declare_plain(
    "desks.missingreport",
    {
        **WRITTEN,
        "placement": "leads to the place",
        "state": "code; clock, gates, and the outcome of a closure",
        "noticed_at": "clock",
        "called_at": "clock: when the police is asked again",
        "returned_at": "clock: when it ended",
    },
)
declare_plain(
    "desks.missingstep",
    {**WRITTEN, "report": "leads to the missing report", "kind": "code; who was told", "how": "code"},
)
