"""A participant's place, opened with its signed address: all that its page shows."""

from __future__ import annotations

from functools import cached_property

from trainings.models import Registration
from trainings.states import OPEN, State
from victor.times import moment_in_words


class Place:
    """What becomes of a registration, for the one whose it is."""

    def __init__(self, registration: Registration, token: str) -> None:
        self.registration, self.token = registration, token
        self.seminar = registration.seminar

    @cached_property
    def position(self) -> int | None:
        """How many are in line up to this one; None for who does not wait."""
        if self.registration.state != State.WAITING:
            return None
        return self.seminar.registrations.in_line().filter(pk__lte=self.registration.pk).count()

    @property
    def offer_ends(self) -> str:
        """Until when the offer holds, on the clocks of the seminar's country."""
        ends = self.registration.offer_ends
        return moment_in_words(ends, self.seminar.zone) if ends else ""

    @property
    def is_offered(self) -> bool:
        return self.registration.state == State.OFFERED

    @property
    def is_confirmed(self) -> bool:
        return self.registration.state == State.CONFIRMED

    @property
    def can_leave(self) -> bool:
        """Whether there is something to give up, and somebody who could use it."""
        return self.registration.state in OPEN and not (self.seminar.starts and self.seminar.is_over)
