"""Seminars as entries of people's calendars: one for each session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from victor.schedules.calendars import calendar_entry

if TYPE_CHECKING:
    import icalendar

    from trainings.seminars.models import Seminar


def public_entries(seminar: Seminar) -> Iterator[icalendar.Event]:
    """The entries for everybody. The address online is for participants, so it is not in them."""
    for session in seminar.sessions.all():
        yield calendar_entry(seminar, f"seminar-{seminar.pk}-{session.pk}", span=session)


def participant_entries(seminar: Seminar) -> Iterator[icalendar.Event]:
    """The same entries for somebody who has a seat, with the address online."""
    for session in seminar.sessions.all():
        yield calendar_entry(seminar, f"seminar-{seminar.pk}-{session.pk}", span=session, online=seminar.online)
