"""A participant's place, opened with its signed address: all that its page shows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from trainings.models import Registration, SessionMaterial
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

    @cached_property
    def materials(self) -> Iterable[SessionMaterial]:
        """What may be downloaded by whoever has a place."""
        if not self.is_confirmed:
            return ()
        return SessionMaterial.objects.filter(session__seminar=self.seminar).order_by("session__starts", "name")
