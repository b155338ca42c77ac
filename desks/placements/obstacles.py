"""A check-in that waits, and a missing child of whom the police does not know, stand in the way of closing a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.placements.models import CheckIn, MissingReport
from desks.placements.states import MissingState
from victor.formatting import short_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desks.cases.models import Case


@stands_in_the_way(Ending.CLOSE, Ending.MERGE)
def due_check_ins(case: Case) -> Iterator[Obstacle]:
    """The check-in of a watch that runs."""
    for row in CheckIn.objects.due().filter(case=case):
        yield Obstacle(_("Check-in, due %(moment)s") % {"moment": short_moment(row.due_at)}, "places", "place")


@stands_in_the_way(Ending.CLOSE, Ending.MERGE)
def unreported_missing(case: Case) -> Iterator[Obstacle]:
    """A missing child of whom the police were not told."""
    for row in MissingReport.objects.filter(case=case, state=MissingState.NOTICED):
        yield Obstacle(_("The child is missing and the police were not told"), "places", f"missing-{row.pk}")
