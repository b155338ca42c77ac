"""What of plans, services and follow-ups is counted of a case, and the figure of services."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.closures import FOLLOW_UP_MONTHS, in_months
from desks.cases.states import EntryKind, Stage
from desks.desk.states import Service
from desks.facts.actions import declares_facts
from desks.facts.indicators import of_facts
from desks.facts.states import StepTime
from desks.plans.clocks import PLAN_DAYS
from desks.plans.states import ServiceState
from desks.retention.indicators import DeskPeriod
from victor.indicators.declarations import Breakdown, Indicator, declares_indicators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.cases.models import Case
    from desks.facts.ciphertexts import Facts

# The letter of each state, and which state counts where a child has one service several times: the first of them.
LETTERS = {
    ServiceState.PROVIDED: "p",
    ServiceState.ENDED: "e",
    ServiceState.ACCEPTED: "a",
    ServiceState.OFFERED: "o",
    ServiceState.REQUESTED: "r",
    ServiceState.DECLINED: "d",
}
STATES = {letter: state for state, letter in LETTERS.items()}
NO_SERVICE = "-"
SERVICES = tuple(Service)  # each has its place in the facts: a new one comes at the end

SERVICE = Breakdown("service", _("Service"), tuple(Service.choices))
STATE = Breakdown("service_state", _("Status"), tuple(ServiceState.choices))


@declares_facts
def facts_of_plan(case: Case) -> Mapping[str, str]:
    """Services by state, whether the plan was agreed in time, and whether the child was safe after closing."""
    safe_6, safe_12 = _answers_after_closing(case)
    return {"services": _services(case), "plan_step": _plan_step(case), "safe_6": safe_6, "safe_12": safe_12}


def _services(case: Case) -> str:
    """A letter for each of the services, in their order; empty where there is none."""
    rows = set(case.services.values_list("service", "state"))
    letters = [
        next((letter for state, letter in LETTERS.items() if (service, state) in rows), NO_SERVICE)
        for service in SERVICES
    ]
    return "".join(letters) if rows else ""


def _plan_step(case: Case) -> str:
    if case.stage == Stage.OPENED:
        return ""
    agreed_on = case.plans.aggregate(day=Min("agreed_on"))["day"]
    if agreed_on is None:
        return StepTime.OPEN if case.is_running else ""
    assessed = case.timeline.filter(kind=EntryKind.STAGE, code=Stage.ASSESSED).aggregate(at=Max("made_at"))["at"]
    if assessed is None:
        return ""
    is_late = agreed_on > timezone.localdate(assessed, case.desk.zone) + timedelta(days=PLAN_DAYS)
    return StepTime.LATE if is_late else StepTime.IN_TIME


def _answers_after_closing(case: Case) -> tuple[str, str]:
    """What the follow-ups of the last closing found, after six and after twelve months."""
    if case.stage != Stage.CLOSED or case.closed_at is None:
        return "", ""
    middle = in_months(timezone.localdate(case.closed_at), sum(FOLLOW_UP_MONTHS) // 2)
    first = second = ""
    for row in case.follow_ups.filter(task__made_at__gte=case.closed_at).select_related("task"):
        if row.task.due_at and timezone.localdate(row.task.due_at) > middle:
            second = row.safe
        else:
            first = row.safe
    return first, second


def _service_kinds(facts: Facts) -> list[tuple[str, ...]]:
    pairs = zip(SERVICES, facts.services, strict=False)
    return [(service.value, STATES[letter].value) for service, letter in pairs if letter in STATES]


CASE_SERVICES = Indicator(
    key="case_services",
    name=_("Services for children"),
    definition=_(
        "Services of the cases opened in the period, with their status today. "
        "A child who has one service several times is counted once for it."
    ),
    unit=_("services"),
    breakdowns=(SERVICE, STATE),
    tables=(("service", "service_state"),),
    **of_facts(_service_kinds),
)


@declares_indicators("desks", rank=32)
def plan_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of services."""
    return [CASE_SERVICES]
