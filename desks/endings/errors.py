"""What is refused where a case would be deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal

if TYPE_CHECKING:
    from desks.cases.obstacles import Obstacle


class CaseNotDue(DeskRefusal):
    """It runs, the law holds it, or the day has not come."""

    text = gettext_lazy("This case may not be deleted yet.")


class CaseObstructed(DeskRefusal):
    """Something keeps the case. `obstacles` names each thing."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__()
        self.obstacles = obstacles
        words = " · ".join(obstacle.words for obstacle in obstacles)
        self.text = _("This case is kept: %(why)s") % {"why": words}
