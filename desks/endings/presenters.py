"""What the pages of retention show of cases, loaded before they render. Never a word of content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desks.cases.models import Case
from desks.cases.obstacles import Ending, obstacles_to

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.accounts.models import User


@dataclass(frozen=True)
class ComingDeletion:
    """A case that is deleted soon, what keeps it, and whether the reader may open it."""

    case: Case
    obstacles: list[str]
    is_readable: bool


def coming_deletions(cases: QuerySet[Case], user: User) -> list[ComingDeletion]:
    """Each case that is deleted soon. Of a restricted one only the people named in it learn why it is kept."""
    readable = set(Case.objects.visible_to(user).filter(pk__in=cases.values("pk")).values_list("pk", flat=True))
    return [
        ComingDeletion(case, [obstacle.words for obstacle in obstacles_to(Ending.DELETE, case)], is_readable=True)
        if case.pk in readable
        else ComingDeletion(case, [], is_readable=False)
        for case in cases
    ]
