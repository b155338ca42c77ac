"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal
from desks.retention.states import DeletionObstacle


class NotDue(DeskRefusal):
    """The day has not come, and the reporter did not ask."""

    text = _("This report may not be deleted yet.")


class NotRead(DeskRefusal):
    """Whoever decides has not opened the report since its reporter wrote for the last time."""

    text = _("You have not read this report, or not its newest message. Open it first, then decide.")


class NeedsSecondPerson(DeskRefusal):
    """The report tells of danger: one person alone does not delete it."""

    text = _("This report tells of danger, so a second person has to confirm its deletion.")


class DeletionObstructed(DeskRefusal):
    """Something keeps the report."""

    def __init__(self, why: DeletionObstacle) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return str(_("This report is kept: %(why)s") % {"why": self.why.label})
