"""The page of a group with its meetings, and what higher slices show on the page of a meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partners.groups.sections import GroupSection, add_group_section

if TYPE_CHECKING:
    from partners.meetings.models import Meeting
    from victor.accounts.models import User

LoadPart = Callable[["Meeting", "User"], object]


@dataclass(frozen=True)
class MeetingPart:
    """A part of a meeting's page: its template, and what it shows to a reader."""

    template: str
    content: object


LOADERS: list[tuple[str, LoadPart]] = []


def add_meeting_part(template: str, load: LoadPart) -> None:
    """Show this on the page of a meeting, with what `load(meeting, reader)` returns as `content`."""
    LOADERS.append((template, load))


def parts_of(meeting: Meeting, reader: User) -> list[MeetingPart]:
    """What higher slices show of a meeting."""
    return [MeetingPart(template, load(meeting, reader)) for template, load in LOADERS]


add_group_section(GroupSection(_("Meetings"), "partners:group_meetings", 10))
