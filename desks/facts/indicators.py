"""Cases, by the breakdowns of the European Union, their first steps and their outcomes.

All are counted in memory from rows that lead to no case. Higher slices count what they have declared as facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from statistics import median_low
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.cases.code_lists import AgeBand, Answer, ClosureOutcome, StatusBody
from desks.cases.states import Stage, VictimStatus
from desks.facts.ciphertexts import DAYS, Facts, decrypt_facts
from desks.facts.models import CaseFacts
from desks.facts.states import UNKNOWN, CitizenshipGroup, Disappearance, ReviewTime, Sex, StepTime
from desks.retention.indicators import CHILDREN, DeskPeriod, Protection
from desks.screening.states import Purpose
from victor.indicators.declarations import Breakdown, Cells, Indicator, Median, declares_indicators
from victor.vault.errors import Unopenable

STATUS = Breakdown("status", _("Status of the child"), tuple(VictimStatus.choices))
SEX = Breakdown("sex", _("Sex"), tuple(Sex.choices))
AGE = Breakdown("age", _("Age"), tuple(AgeBand.choices))
CITIZENSHIP = Breakdown("citizenship", _("Citizenship"), tuple(CitizenshipGroup.choices))
FORM = Breakdown("form", _("Main form of exploitation"), (*Purpose.choices, UNKNOWN))
TIMES = (*StepTime.choices, ("", _("Not needed")))
NOTIFY_STEP = Breakdown("notify_step", _("Authorities told by the day on which it was due"), TIMES)
GUARDIAN_STEP = Breakdown("guardian_step", _("Guardian requested within 24 hours"), TIMES)
RISK_STEP = Breakdown("risk_step", _("First risk assessment within 24 hours"), TIMES)
PLAN_STEP = Breakdown("plan_step", _("Plan agreed within 14 days"), TIMES)
REVIEW_STEP = Breakdown("review_step", _("Reviews held in time"), (*ReviewTime.choices, ("", _("Not needed"))))
DAY_UNIT = pgettext_lazy("unit", "days")
MEDIANS = (
    Median("risk_days", _("Median number of days until the first risk assessment"), DAY_UNIT, RISK_STEP.key),
    Median("guardian_days", _("Median number of days until a guardian was requested"), DAY_UNIT, GUARDIAN_STEP.key),
    Median("notify_days", _("Median number of days until the last authority was told"), DAY_UNIT, NOTIFY_STEP.key),
    Median("plan_days", _("Median number of days until the plan was agreed"), DAY_UNIT, PLAN_STEP.key),
)
PLACEMENT = Breakdown(
    "placement",
    _("Disappeared within 72 hours of coming to a place"),
    (*Disappearance.choices, ("", _("No place to live recorded"))),
)
ANSWERS = (*Answer.choices, ("", _("No follow-up yet")))
SAFE_6 = Breakdown("safe_6", _("Safe after six months"), ANSWERS)
SAFE_12 = Breakdown("safe_12", _("Safe after twelve months"), ANSWERS)
OUTCOME = Breakdown("case_outcome", _("Outcome"), (*ClosureOutcome.choices, ("", UNKNOWN[1])))
BODY = Breakdown("body", _("Body that decided"), (*StatusBody.choices, ("", _("No body has decided"))))


def readable_facts() -> Iterator[Facts]:
    """The facts of every row. What was altered, or written with another key, is in no figure."""
    for tag, content in CaseFacts.objects.values_list("tag", "content").iterator():
        try:
            yield decrypt_facts(bytes(content), tag)
        except Unopenable:
            continue


KindsOf: TypeAlias = Callable[[Facts], Iterable[tuple[str, ...]]]  # as what a case is counted: once, often, or not


class FactsIndicator(Protection):
    """How an indicator is counted from facts, and how its figures are protected."""

    count: Callable[[DeskPeriod], Cells]
    count_parts: Callable[[DeskPeriod], Mapping[str, Cells]]
    is_sealed: bool


def facts_in(scope: DeskPeriod, month: str) -> Iterator[Facts]:
    """The facts of the cases that were opened in the period, or closed."""
    first, last = f"{scope.first:%Y-%m}", f"{scope.last:%Y-%m}"
    for facts in readable_facts():
        is_counted = not facts.is_left_out and facts.stage != Stage.MERGED
        if is_counted and facts.desk in scope.desks and first <= getattr(facts, month) <= last:
            yield facts


def of_facts(kinds_of: KindsOf, *, month: str = "opened") -> FactsIndicator:
    """How an indicator is counted from facts, of all desks and of each alone. `month`: opened or closed."""
    count, count_parts = partial(_count, kinds_of, month), partial(_count_by_desk, kinds_of, month)
    return FactsIndicator(count=count, count_parts=count_parts, is_sealed=True, **CHILDREN)


def _count(kinds_of: KindsOf, month: str, scope: DeskPeriod) -> Cells:
    return Counter(kind for facts in facts_in(scope, month) for kind in kinds_of(facts))


def _count_by_desk(kinds_of: KindsOf, month: str, scope: DeskPeriod) -> Mapping[str, Cells]:
    parts = {str(desk): Counter[tuple[str, ...]]() for desk in scope.desks}
    for facts in facts_in(scope, month):
        parts[str(facts.desk)].update(kinds_of(facts))
    return parts


def _case_kinds(facts: Facts) -> list[tuple[str, ...]]:
    victim = facts.status, facts.sex, facts.age, facts.citizenship, facts.form, facts.body
    steps = facts.risk_step, facts.guardian_step, facts.notify_step, facts.plan_step, facts.review_step
    return [(*victim, *steps, facts.placement)]


def _median_days(scope: DeskPeriod) -> Mapping[str, int]:
    """Half of the cases took so many whole days or fewer, for each step that any case has taken."""
    days: dict[str, list[int]] = {name: [] for name in DAYS}
    for facts in facts_in(scope, "opened"):
        for name in DAYS:
            if (number := getattr(facts, name)) is not None:
                days[name].append(number)
    return {name: median_low(numbers) for name, numbers in days.items() if numbers}


def _closed_kinds(facts: Facts) -> list[tuple[str, ...]]:
    return [(facts.outcome, facts.safe_6, facts.safe_12)] if facts.stage == Stage.CLOSED else []


# One indicator for all that is said of opened cases, and one for closed ones: their tables share a sum.
CASES = Indicator(
    key="cases_opened",
    name=_("Cases"),
    definition=_("Cases opened in the period, with the status of the child today. One case is one child."),
    unit=_("cases"),
    breakdowns=(
        *(STATUS, SEX, AGE, CITIZENSHIP, FORM, BODY),
        *(RISK_STEP, GUARDIAN_STEP, NOTIFY_STEP, PLAN_STEP, REVIEW_STEP, PLACEMENT),
    ),
    tables=(
        ("status", "sex"),
        ("status", "age"),
        ("status", "citizenship"),
        ("status", "form"),
        ("status", "body"),
        ("age", "sex"),
        ("form", "sex"),
        *(("risk_step",), ("guardian_step",), ("notify_step",), ("plan_step",), ("review_step",), ("placement",)),
    ),
    medians=MEDIANS,
    count_medians=_median_days,
    **of_facts(_case_kinds),
)
CLOSED_CASES = Indicator(
    key="closed_cases",
    name=_("Closed cases"),
    definition=_(
        "Cases closed in the period and not opened again, by outcome and by what follow-ups found. "
        "One case is one child."
    ),
    unit=_("cases"),
    breakdowns=(OUTCOME, SAFE_6, SAFE_12),
    tables=(("case_outcome",), ("safe_6",), ("safe_12",)),
    **of_facts(_closed_kinds, month="closed"),
)


@declares_indicators("desks", rank=30)
def case_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of cases."""
    return [CASES, CLOSED_CASES]
