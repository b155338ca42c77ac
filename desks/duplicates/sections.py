"""What the search for a known child adds to the inbox: which desks have asked this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from desks.duplicates.models import DeskQuestion
from desks.inbox.sections import Section, add_inbox_section

if TYPE_CHECKING:
    from desks.desk.models import Desk


@add_inbox_section
def questions_to_desk(desk: Desk) -> Section:
    """The desks that perhaps look for a child whom this one knows."""
    questions = list(DeskQuestion.objects.shown_at(desk, timezone.now()))
    return Section(
        "desks/duplicates/_questions.html", questions, len(questions), label=_("asked by other desks"), anchor="asked"
    )
