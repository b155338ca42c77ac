"""Proceedings that run keep a case from being deleted. Every change of a case sets the day of its deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.cases.casework import CasePhase
from desks.cases.code_lists import Phase
from desks.cases.locks import after_change
from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.endings.deletion_dates import set_deletion_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from desks.cases.models import Case

after_change(set_deletion_date)


@stands_in_the_way(Ending.MERGE, Ending.DELETE)
def running_proceedings(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """A court may still ask what the case says. In a merged case nobody could end them any more."""
    running = CasePhase.objects.filter(case__in=cases, phase=Phase.PROCEEDINGS, until=None)
    for pk in running.order_by("case").values_list("case", flat=True).distinct():
        yield pk, Obstacle(_("Criminal or civil proceedings are not over"), "people", "phases")
