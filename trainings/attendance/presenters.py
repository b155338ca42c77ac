"""What the check-in page shows of a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from trainings.attendance.models import Attendance
from trainings.registrations.models import Registration
from trainings.registrations.names import SEARCH_TABLES, is_found_by
from trainings.seminars.models import Session

EARLY_ARRIVAL = timedelta(minutes=90)  # how long before a session people arrive


@dataclass(frozen=True)
class ExpectedParticipant:
    """A participant with a confirmed seat; `attendance` is None while they are not checked in."""

    registration: Registration
    attendance: Attendance | None


class CheckInList:
    """The participants of a session, as helpers see them: names and attendance, and nothing else."""

    def __init__(self, session: Session) -> None:
        self.session, self.seminar = session, session.seminar
        self.search_tables = SEARCH_TABLES  # for a telephone without a connection
        attendances = session.attendances.only("registration_id", "at")
        by_registration = {attendance.registration_id: attendance for attendance in attendances}
        registrations = self.seminar.registrations.confirmed().only("name", "seminar").by_name()
        # Everybody with a confirmed seat, by name.
        self.people = [ExpectedParticipant(person, by_registration.get(person.pk)) for person in registrations]

    @property
    def present(self) -> list[ExpectedParticipant]:
        """Those who are checked in."""
        return [person for person in self.people if person.attendance]

    def search(self, words: str) -> list[ExpectedParticipant]:
        """Those whose name contains each of the words, in whichever script."""
        return [person for person in self.people if is_found_by(words, person.registration.name)]


def current_sessions(sessions: Sequence[Session]) -> list[Session]:
    """The sessions that are taking place; if there are none, those that people arrive for now."""
    now = timezone.now()
    running = [session for session in sessions if session.starts <= now < session.ends]
    soon = [session for session in sessions if now < session.starts <= now + EARLY_ARRIVAL]
    return running or soon
