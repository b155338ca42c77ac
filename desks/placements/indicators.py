"""Whether a child disappeared soon after coming to a place: what of it is counted of a case, and its figure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.facts.actions import declares_facts
from desks.facts.indicators import count_facts, count_facts_by_desk
from desks.placements.states import WATCH
from desks.retention.indicators import CHILDREN, DeskPeriod
from victor.indicators.declarations import Breakdown, Indicator, declares_indicators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.cases.models import Case
    from desks.facts.ciphertexts import Facts

VANISHED, STAYED = "vanished", "stayed"
PLACEMENT = Breakdown(
    "placement",
    _("Disappeared within 72 hours of coming to a place"),
    (
        (VANISHED, pgettext_lazy("a child disappeared", "Yes")),
        (STAYED, pgettext_lazy("a child disappeared", "No")),
    ),
)


@declares_facts
def facts_of_placements(case: Case) -> Mapping[str, str]:
    """Whether the child was missed within 72 hours of coming to any of the places; empty where there is none."""
    if case.missing_reports.filter(noticed_at__lte=F("placement__since") + WATCH).exists():
        return {"placement": VANISHED}
    return {"placement": STAYED if case.placements.exists() else ""}


def _placement_kinds(facts: Facts) -> list[tuple[str, ...]]:
    return [(facts.placement,)] if facts.placement else []


PLACEMENTS = Indicator(
    key="case_placements",
    name=_("Children with a place to live"),
    definition=_(
        "Cases opened in the period in which a place to live is recorded, by whether the child disappeared "
        "within 72 hours of coming to one. One case is one child."
    ),
    unit=_("cases"),
    breakdowns=(PLACEMENT,),
    tables=(("placement",),),
    count=partial(count_facts, _placement_kinds),
    count_parts=partial(count_facts_by_desk, _placement_kinds),
    is_sealed=True,
    **CHILDREN,
)


@declares_indicators("desks", rank=33)
def placement_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of places to live."""
    return [PLACEMENTS]
