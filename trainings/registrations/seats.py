"""What is free at a seminar. Whoever asks holds the seminar's row, so that the answer stays true."""

from __future__ import annotations

from trainings.registrations.models import Registration
from trainings.seminars.models import Quota, Seminar


class Seats:
    """The seats that nobody has and nobody is offered: all in all, and under each quota."""

    def __init__(self, seminar: Seminar) -> None:
        self.free: int = seminar.seats
        self.quotas: dict[Quota, int] = {quota: quota.seats for quota in seminar.quotas.all()}
        for registration in seminar.registrations.seated().only("profession", "country_id"):
            self.take(registration)

    def have(self, registration: Registration) -> bool:
        """Whether there is one for this person."""
        left = [number for quota, number in self.quotas.items() if quota.covers(registration)]
        return self.free > 0 and all(number > 0 for number in left)

    def take(self, registration: Registration) -> None:
        """Count one as taken by this person."""
        self.free -= 1
        for quota in self.quotas:
            self.quotas[quota] -= quota.covers(registration)
