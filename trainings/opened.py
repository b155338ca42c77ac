"""What has been opened: a session at its door; a participant's place, with its signed address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from trainings.links import CHECK_IN, signed
from trainings.models import Attendance, Registration, Session
from trainings.querysets import folded
from trainings.states import OPEN, State
from victor.documents import qr_code
from victor.publishing.languages import shown
from victor.times import moment_in_words

BEFORE = timedelta(minutes=90)  # that people come before a session begins


@dataclass(frozen=True)
class Expected:
    """Somebody who has a place, and whether they are there."""

    registration: Registration
    attendance: Attendance | None


class Door:
    """A session as those see it who let people in: names, and who is there. Nothing else of anybody."""

    def __init__(self, session: Session) -> None:
        self.session, self.seminar = session, session.seminar

    @cached_property
    def people(self) -> list[Expected]:
        """Everybody who has a place, by name."""
        noted = {each.registration_id: each for each in self.session.attendances.only("registration_id", "at")}
        expected = self.seminar.registrations.confirmed().only("name", "seminar").by_name()
        return [Expected(each, noted.get(each.pk)) for each in expected]

    @property
    def here(self) -> list[Expected]:
        """Who is there."""
        return [each for each in self.people if each.attendance]

    def named(self, words: str) -> list[Expected]:
        """Those whose name has each of these words somewhere."""
        asked = folded(words).split()
        return [each for each in self.people if all(word in folded(each.registration.name) for word in asked)]


def on_now(sessions: Sequence[Session]) -> list[Session]:
    """What is going on; where nothing is, what people come to now."""
    now = timezone.now()
    running = [each for each in sessions if each.starts <= now < each.ends]
    soon = [each for each in sessions if now < each.starts <= now + BEFORE]
    return running or soon


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

    @property
    def is_shown_at_the_door(self) -> bool:
        """Whether there is a door to come to, and a place to come for."""
        over = self.seminar.starts and self.seminar.is_over
        return self.is_confirmed and bool(shown(self.seminar, "place").text) and not over

    @property
    def door_code(self) -> SafeString:
        """The address at which somebody of the host checks this person in, to be read by a camera."""
        address = reverse("trainings:here", args=[signed(self.registration.pk, CHECK_IN)])
        return mark_safe(qr_code(urljoin(settings.SITE_URL, address)))  # noqa: S308 - drawn by ourselves
