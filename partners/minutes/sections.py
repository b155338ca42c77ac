"""The pages of a group with its decisions and actions, and the minutes on the page of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.groups.sections import GroupSection, add_group_section
from partners.meetings.sections import add_meeting_part
from partners.minutes.models import Minutes
from victor.access import is_permitted

if TYPE_CHECKING:
    from partners.meetings.models import Meeting
    from victor.accounts.models import User


@dataclass(frozen=True)
class MinutesOfMeeting:
    """The versions of the minutes that a reader sees, and whether they can open the first one."""

    meeting: Meeting
    versions: list[Minutes]
    can_open: bool


def minutes_of(meeting: Meeting, reader: User) -> MinutesOfMeeting:
    """What the page of a meeting shows of its minutes."""
    versions = list(Minutes.objects.visible_to(reader).filter(meeting=meeting).order_by("-version"))
    can_write = is_permitted(reader, "partners.write_minutes", meeting.group)
    is_time = meeting.has_begun and not meeting.is_cancelled
    return MinutesOfMeeting(meeting, versions, can_open=can_write and is_time and not versions)


add_meeting_part("partners/minutes/_of_meeting.html", minutes_of)
add_group_section(GroupSection(_("Decisions"), "partners:group_decisions", 30))
add_group_section(GroupSection(pgettext_lazy("of a group", "Actions"), "partners:group_actions", 40))
