"""Cases, by the breakdowns of the European Union: one indicator, counted in memory from rows that lead to no case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext_lazy as _

from desks.cases.code_lists import AgeBand, StatusBody
from desks.cases.states import Stage, VictimStatus
from desks.facts.ciphertexts import Facts, decrypt_facts
from desks.facts.models import CaseFacts
from desks.facts.states import UNKNOWN, CitizenshipGroup, Sex
from desks.retention.indicators import CHILDREN, DeskPeriod, by_desk
from desks.screening.states import Purpose
from victor.indicators.declarations import Breakdown, Cells, Indicator, declares_indicators
from victor.vault.errors import Unopenable

STATUS = Breakdown("status", _("Status of the child"), tuple(VictimStatus.choices))
SEX = Breakdown("sex", _("Sex"), tuple(Sex.choices))
AGE = Breakdown("age", _("Age"), tuple(AgeBand.choices))
CITIZENSHIP = Breakdown("citizenship", _("Citizenship"), tuple(CitizenshipGroup.choices))
FORM = Breakdown("form", _("Main form of exploitation"), (*Purpose.choices, UNKNOWN))
BODY = Breakdown("body", _("Body that decided"), (*StatusBody.choices, ("", _("No body has decided"))))


def readable_facts() -> Iterator[Facts]:
    """The facts of every row. What was altered, or written with another key, is in no figure."""
    for tag, content in CaseFacts.objects.values_list("tag", "content").iterator():
        try:
            yield decrypt_facts(bytes(content), tag)
        except Unopenable:
            continue


def count_cases(scope: DeskPeriod) -> Cells:
    """Cases that were opened in the period, as they stand today."""
    first, last, cells = f"{scope.first:%Y-%m}", f"{scope.last:%Y-%m}", Counter[tuple[str, ...]]()
    for facts in readable_facts():
        is_counted = not facts.is_left_out and facts.stage != Stage.MERGED
        if is_counted and facts.desk in scope.desks and first <= facts.opened <= last:
            kind = facts.status, facts.sex, facts.age, facts.citizenship, facts.form, facts.body
            cells[kind] += 1
    return cells


CASES = Indicator(
    key="cases",
    name=_("Cases"),
    definition=_("Cases opened in the period, with the status of the child today. One case is one child."),
    unit=_("cases"),
    breakdowns=(STATUS, SEX, AGE, CITIZENSHIP, FORM, BODY),
    tables=(
        ("status", "sex"),
        ("status", "age"),
        ("status", "citizenship"),
        ("status", "form"),
        ("status", "body"),
        ("age", "sex"),
        ("form", "sex"),
    ),
    count=count_cases,
    count_parts=partial(by_desk, count_cases),
    is_sealed=True,
    **CHILDREN,
)


@declares_indicators("desks", rank=30)
def case_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of cases."""
    return [CASES]
