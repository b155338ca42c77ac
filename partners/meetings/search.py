"""What staff find of meetings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partners.meetings.models import Meeting
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question

NEWEST = 1000


@finds_for_staff(_("Meetings"), rank=27)
def meetings(user: User, question: Question) -> Iterator[Hit]:
    """Meetings by title and group, the newest first."""
    for meeting in Meeting.objects.visible_to(user).for_listing().reverse()[:NEWEST]:
        if question.fits(meeting.title, meeting.group.name, meeting.number):
            yield Hit(f"{meeting.title}, {meeting.number}", meeting.when, meeting.get_absolute_url())
