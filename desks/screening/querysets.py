from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from desks.screening.states import ScreeningState

if TYPE_CHECKING:
    from victor.accounts.models import User


class ScreeningQuerySet(models.QuerySet):
    """What can be asked of screenings."""

    def done(self) -> Self:
        """Finished ones, the newest first."""
        return self.filter(state=ScreeningState.DONE).order_by("-number")

    def drafts_of(self, person: User) -> Self:
        """Those that a person still writes."""
        return self.filter(state=ScreeningState.DRAFT, author=person)

    def visible_to(self, person: User) -> Self:
        """Finished ones, and one's own drafts. Who sees the case at all, the case says."""
        return self.filter(models.Q(state=ScreeningState.DONE) | models.Q(author=person))
