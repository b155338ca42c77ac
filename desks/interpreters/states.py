"""How an interpreter works, where a booking stands, and what of both the timeline tells."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class InterpreterWay(TextChoices):
    """How an interpreter is there."""

    IN_PERSON = "in_person", pgettext_lazy("how an interpreter works", "In person")
    TELEPHONE = "telephone", pgettext_lazy("how an interpreter works", "By telephone")
    VIDEO = "video", pgettext_lazy("how an interpreter works", "By video")


class BookingState(TextChoices):
    """Where a booking stands. One that is moved to another time stays, and a new one follows it."""

    BOOKED = "booked", pgettext_lazy("booking of an interpreter", "Booked")
    MOVED = "moved", pgettext_lazy("booking of an interpreter", "Moved to another time")
    HELD = "held", pgettext_lazy("booking of an interpreter", "Took place")
    CANCELLED = "cancelled", pgettext_lazy("booking of an interpreter", "Cancelled")


class InterpreterEvent(TextChoices):
    """What a row of the timeline tells of an interpreter."""

    ADDED = "added", pgettext_lazy("interpreter", "Added")
    CHECKED = "checked", pgettext_lazy("interpreter", "Check recorded")
    CORRECTED = "corrected", pgettext_lazy("interpreter", "Corrected")
    BOOKED = BookingState.BOOKED.value, BookingState.BOOKED.label
    MOVED = BookingState.MOVED.value, BookingState.MOVED.label
    HELD = BookingState.HELD.value, BookingState.HELD.label
    CANCELLED = BookingState.CANCELLED.value, BookingState.CANCELLED.label
