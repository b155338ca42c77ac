from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from desks.handovers.states import OPEN_HAND_OVER_STATES, HandOverState

if TYPE_CHECKING:
    from desks.desk.models import Desk


class HandOverQuerySet(models.QuerySet):
    """What can be asked of hand-overs."""

    def open(self) -> Self:
        """Those that are not over yet."""
        return self.filter(state__in=OPEN_HAND_OVER_STATES)

    def offered_to(self, desk: Desk) -> Self:
        """Those whose reporter agrees that this desk takes the report: it sees no more than a row of a list says."""
        return self.filter(target=desk, state=HandOverState.AGREED).select_related("source__country", "report__country")
