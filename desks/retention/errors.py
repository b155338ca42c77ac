"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal
from desks.retention.states import DeletionObstacle


class NotDue(DeskRefusal):
    """The day has not come, and the reporter did not ask."""

    text = _("This report may not be deleted yet.")


class DeletionObstructed(DeskRefusal):
    """Something keeps the report."""

    def __init__(self, why: DeletionObstacle) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return str(_("This report is kept: %(why)s") % {"why": self.why.label})
