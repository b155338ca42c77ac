"""A session at its door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from trainings.attendance.models import Attendance
from trainings.registrations.models import Registration
from trainings.registrations.names import fold_name
from trainings.seminars.models import Session

EARLY_ARRIVAL = timedelta(minutes=90)  # that people come before a session begins


@dataclass(frozen=True)
class ExpectedParticipant:
    """Somebody who has a place, and whether they are there."""

    registration: Registration
    attendance: Attendance | None


class SessionDoor:
    """A session as those see it who let people in: names, and who is there. Nothing else of anybody."""

    def __init__(self, session: Session) -> None:
        self.session, self.seminar = session, session.seminar

    @cached_property
    def people(self) -> list[ExpectedParticipant]:
        """Everybody who has a place, by name."""
        noted = {each.registration_id: each for each in self.session.attendances.only("registration_id", "at")}
        expected = self.seminar.registrations.confirmed().only("name", "seminar").by_name()
        return [ExpectedParticipant(each, noted.get(each.pk)) for each in expected]

    @property
    def here(self) -> list[ExpectedParticipant]:
        """Who is there."""
        return [each for each in self.people if each.attendance]

    def named(self, words: str) -> list[ExpectedParticipant]:
        """Those whose name has each of these words somewhere."""
        asked = fold_name(words).split()
        return [each for each in self.people if all(word in fold_name(each.registration.name) for word in asked)]


def current_sessions(sessions: Sequence[Session]) -> list[Session]:
    """What is going on; where nothing is, what people come to now."""
    now = timezone.now()
    running = [each for each in sessions if each.starts <= now < each.ends]
    soon = [each for each in sessions if now < each.starts <= now + EARLY_ARRIVAL]
    return running or soon
