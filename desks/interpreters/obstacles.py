"""A booked interpreter stands in the way of closing a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.interpreters.models import InterpreterBooking
from victor.formatting import short_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from desks.cases.models import Case


@stands_in_the_way(Ending.CLOSE, Ending.MERGE)
def open_bookings(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Each appointment that nobody has settled."""
    for row in InterpreterBooking.objects.open().filter(case__in=cases):
        words = _("Interpreter booked for %(moment)s") % {"moment": short_moment(row.due_at)}
        yield row.case_id, Obstacle(words, "people", f"booking-{row.pk}")
