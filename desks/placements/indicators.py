"""What of the places where a child lives is counted of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from desks.facts.actions import declares_facts
from desks.facts.states import Disappearance
from desks.placements.states import WATCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.cases.models import Case


@declares_facts
def facts_of_placements(case: Case) -> Mapping[str, str]:
    """Whether the child was missed within 72 hours of coming to any of the places; empty where there is none."""
    if case.missing_reports.filter(noticed_at__lte=F("placement__since") + WATCH).exists():
        return {"placement": Disappearance.YES}
    return {"placement": Disappearance.NO if case.placements.exists() else ""}
