from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from victor.languages import column
from victor.publishing.querysets import PublishableQuerySet

if TYPE_CHECKING:
    from desks.desk.models import Desk


class CannedAnswerQuerySet(PublishableQuerySet):
    """What can be asked of canned answers."""

    def for_desk(self, desk: Desk, language: str) -> Self:
        """Those of a desk and of all desks that there are in a language."""
        has_texts = {f"{column(name, language)}__isnull": False for name in ("title", "text")}
        return self.filter(Q(desk=None) | Q(desk=desk), **has_texts).order_by("slug")
