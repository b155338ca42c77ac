"""What pages show of a participant's place, opened with its signed address, and of a seminar's certificates."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Min, QuerySet

from trainings.models import Certificate, CertificateOrder, Registration, Seminar
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

    @cached_property
    def certificate(self) -> Certificate | None:
        """The newest; those that a corrected one has replaced are not shown."""
        return self.registration.certificates.filter(replaced_by=None).first()

    @property
    def can_leave(self) -> bool:
        """Whether there is something to give up, and somebody who could use it."""
        return self.registration.state in OPEN and not (self.seminar.starts and self.seminar.is_over)


class Making:
    """How far the worker is with the certificates of a seminar that are ordered."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar

    @cached_property
    def waiting(self) -> int:
        """How many are still to be made."""
        return self._orders.count()

    @cached_property
    def made(self) -> int:
        """How many have been made since the first of those was ordered."""
        since = self._orders.aggregate(since=Min("asked_at"))["since"]
        return self.seminar.certificates.filter(issued_at__gte=since).count() if since else 0

    @property
    def total(self) -> int:
        return self.waiting + self.made

    @property
    def _orders(self) -> QuerySet[CertificateOrder]:
        return CertificateOrder.objects.due().filter(registration__seminar=self.seminar)
