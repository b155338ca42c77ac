"""Who interprets for a child, and for when they are booked. Names, contact and notes are in an envelope."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed, iso
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import CasePurpose
from desks.interpreters.querysets import BookingQuerySet
from desks.interpreters.states import BookingState, InterpreterWay
from desks.interpreters.triggers import BOOKING_CLOCK
from victor.vault.records.models import Envelope


class Interpreter(Sealed):
    """Somebody who interprets for the child. `tie_excluded`: it is confirmed that they have no tie to the family."""

    stored_name = "desks.interpreter"

    case = models.ForeignKey(Case, models.CASCADE, related_name="interpreters")
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES)
    way = models.CharField(max_length=9, choices=InterpreterWay)
    vetted_on = models.DateField(null=True)
    tie_excluded = models.BooleanField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.language}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.language, self.way, self.vetted_on, self.tie_excluded]


class InterpreterBooking(Sealed):
    """An appointment with an interpreter. The row stays when it is moved, held or cancelled; `envelope`: where, why."""

    stored_name = "desks.interpreterbooking"

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    interpreter = models.ForeignKey(Interpreter, models.CASCADE, related_name="bookings")
    # Not every row has words, which the abstract model does not know.
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    state = models.CharField(max_length=9, choices=BookingState, default=BookingState.BOOKED)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        triggers = [BOOKING_CLOCK]
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interpreter", "due_at"],
                condition=Q(state=BookingState.BOOKED),
                name="desks_interpreterbooking_once",
            ),
            models.CheckConstraint(
                condition=Q(state=BookingState.BOOKED, settled_at=None)
                | ~Q(state=BookingState.BOOKED) & Q(settled_at__isnull=False),
                name="desks_interpreterbooking_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interpreter_id} {self.state}"

    def stamped_values(self) -> list[object]:
        own = [self.interpreter_id, self.state, iso(self.due_at), iso(self.settled_at)]
        return [*super().stamped_values(), *own]


add_purpose(Interpreter, CasePurpose.INTERPRETER)
add_purpose(InterpreterBooking, CasePurpose.INTERPRETER)
declare_plain(
    "desks.interpreter",
    {
        **WRITTEN,
        "language": "code; which interpreter fits",
        "way": "code; which interpreter fits",
        "vetted_on": "clock: who is not vetted stands out",
        "tie_excluded": "yes or no; nobody is booked without",
    },
)
declare_plain(
    "desks.interpreterbooking",
    {
        **WRITTEN,
        "interpreter": "leads to the interpreter",
        "state": "code; clock and closing",
        "due_at": "clock",
        "settled_at": "clock: when it ended",
    },
)
