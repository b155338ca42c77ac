"""The free seats of a seminar. Callers hold the lock on the seminar, so that the numbers stay true."""

from __future__ import annotations

from trainings.registrations.models import Registration
from trainings.seminars.models import Quota, Seminar


class Seats:
    """The seats that are neither taken nor offered: in total, and for each quota."""

    def __init__(self, seminar: Seminar) -> None:
        self.free: int = seminar.seats
        self.quotas: dict[Quota, int] = {quota: quota.seats for quota in seminar.quotas.all()}
        for registration in seminar.registrations.seated().only("profession", "country_id"):
            self.take(registration)

    def have(self, registration: Registration) -> bool:
        """Whether there is a free seat for this person."""
        left = [number for quota, number in self.quotas.items() if quota.covers(registration)]
        return self.free > 0 and all(number > 0 for number in left)

    def take(self, registration: Registration) -> None:
        """Count one seat as taken by this person."""
        self.free -= 1
        for quota in self.quotas:
            self.quotas[quota] -= quota.covers(registration)
