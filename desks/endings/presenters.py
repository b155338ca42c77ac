"""What the pages of retention show of cases, loaded before they render. Never a word of content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desks.cases.models import Case
from desks.cases.obstacles import Ending, obstacles_by_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from victor.accounts.models import User


@dataclass(frozen=True)
class ComingDeletion:
    """A case that is deleted soon, what keeps it, and whether the reader may open it."""

    case: Case
    obstacles: list[str]
    is_readable: bool


def coming_deletions(cases: Sequence[Case], user: User) -> list[ComingDeletion]:
    """Cases that are deleted soon. Of a restricted one only the people named in it learn why it is kept.

    The number of queries does not depend on how many there are.
    """
    pks = [case.pk for case in cases]
    readable = set(Case.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))
    obstacles = obstacles_by_case(Ending.DELETE, [case for case in cases if case.pk in readable])
    return [
        ComingDeletion(case, [obstacle.words for obstacle in obstacles.get(case.pk, [])], case.pk in readable)
        for case in cases
    ]
