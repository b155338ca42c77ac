"""A check-in that waits, and a missing child of whom the police does not know, stand in the way of closing a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.placements.models import CheckIn, MissingReport
from desks.placements.states import MissingState
from victor.formatting import short_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from desks.cases.models import Case


@stands_in_the_way(Ending.CLOSE, Ending.MERGE)
def due_check_ins(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """The check-in of a watch that runs."""
    for row in CheckIn.objects.due().filter(case__in=cases):
        words = _("Check-in, due %(moment)s") % {"moment": short_moment(row.due_at)}
        yield row.case_id, Obstacle(words, "places", "place")


@stands_in_the_way(Ending.CLOSE, Ending.MERGE)
def unreported_missing(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """A missing child of whom the police were not told."""
    for row in MissingReport.objects.filter(case__in=cases, state=MissingState.NOTICED):
        words = _("The child is missing and the police were not told")
        yield row.case_id, Obstacle(words, "places", f"missing-{row.pk}")


@stands_in_the_way(Ending.MERGE)
def reported_missing(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """A missing child for whom the police look: in a merged case nothing would say so any more."""
    for row in MissingReport.objects.filter(case__in=cases, state=MissingState.REPORTED):
        yield row.case_id, Obstacle(_("The child is missing"), "places", f"missing-{row.pk}")
