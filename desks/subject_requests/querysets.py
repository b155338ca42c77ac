"""What can be asked of the requests of the people concerned."""

from __future__ import annotations

from typing import Self

from django.db import models

from desks.subject_requests.states import RightKind, SubjectDecision, SubjectRequestState


class SubjectRequestQuerySet(models.QuerySet):
    """Requests about records."""

    def open(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state=SubjectRequestState.OPEN)

    def granting_deletion(self) -> Self:
        """Those by which the whole record is deleted."""
        return self.filter(kind=RightKind.ERASE, decision=SubjectDecision.GRANTED)

    def for_listing(self) -> Self:
        """In order of the day on which they are due, with what a list shows. It shows no word of them."""
        return self.select_related("case__desk__country").order_by("due_at", "pk")
