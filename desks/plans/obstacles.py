"""An open service stands in the way of closing a case; a plan that waits for a supervisor, of merging it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.desk.states import Service
from desks.plans.casework import ServiceRow
from desks.plans.models import Plan
from desks.plans.states import PlanState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from desks.cases.models import Case


@stands_in_the_way(Ending.CLOSE, Ending.MERGE)
def open_services(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Each service that is neither declined nor ended."""
    for row in ServiceRow.objects.filter(case__in=cases).open():
        words = _("Open service: %(service)s") % {"service": Service(row.service).label}
        yield row.case_id, Obstacle(words, "services", f"service-{row.pk}")


@stands_in_the_way(Ending.MERGE)
def waiting_plans(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """A plan that waits for a supervisor."""
    for row in Plan.objects.filter(case__in=cases, state=PlanState.ASKED):
        yield row.case_id, Obstacle(_("A decision is requested"), "plan", f"plan-{row.pk}")
