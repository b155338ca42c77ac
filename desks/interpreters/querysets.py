"""What can be asked of the bookings of interpreters."""

from __future__ import annotations

from typing import Self

from django.db import models

from desks.interpreters.states import BookingState


class BookingQuerySet(models.QuerySet):
    """Appointments with interpreters."""

    def open(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(state=BookingState.BOOKED)
