"""What a screening holds in its envelope, and what follows from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from desks.cases.code_lists import PROVEN_AGES, AgeBand
from desks.screening.elements import ADULT_AT, element_met, indication, is_treated_as_child
from desks.screening.screening_signs import SIGNS_BY_CODE
from desks.screening.states import Act, Answer, Means, Purpose, TriageLevel
from desks.screening.triage import Triage, decide_level, triage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.cases.models import Case

KINDS = {"act": Act, "means": Means, "purpose": Purpose}


@dataclass
class ScreeningContent:
    """The answers by the codes of signs; notes and sources likewise; the elements by kind.

    `own_level` is empty where the professional goes along with what follows from the signs.
    """

    answers: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    elements: dict[str, dict[str, str]] = field(default_factory=dict)
    in_danger: bool = False
    own_level: str = ""
    reason: str = ""
    function: str = ""
    on_day: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, object]) -> ScreeningContent:
        """What an envelope holds."""
        known = {name: value for name, value in stored.items() if name in cls.__dataclass_fields__}
        return cls(**known)  # type: ignore[arg-type]

    def stored(self) -> dict[str, object]:
        """What goes into an envelope."""
        return asdict(self)

    @property
    def triage(self) -> Triage:
        """What follows from the signs."""
        return triage(self.answers, is_in_danger=self.in_danger)

    def element(self, name: str) -> Answer:
        """Whether act, means or purpose is met."""
        return element_met(self.elements.get(name, {}), KINDS[name].values)

    def indication_for(self, case: Case) -> Answer:
        """Whether the elements point to trafficking, by the rule for children where the case is of a child."""
        elements = {name: self.element(name) for name in KINDS}
        return indication(**elements, is_child=is_child(case))

    @property
    def level(self) -> TriageLevel:
        """The level that the professional proposes.

        Raises:
            NoReasonToLower: it is lower than what follows from the signs, without a reason.
        """
        proposed = self.triage.level
        return decide_level(proposed, TriageLevel(self.own_level), self.reason) if self.own_level else proposed

    def count(self, weight: str) -> int:
        """How many signs of a weight were seen."""
        return sum(
            answer == Answer.YES and SIGNS_BY_CODE[code].weight == weight for code, answer in self.answers.items()
        )


def is_child(case: Case) -> bool:
    """Whether the rule for children holds: only papers or an official assessment make an adult of somebody."""
    age = ADULT_AT if case.age_band == AgeBand.ADULT else None
    return is_treated_as_child(age, is_documented=case.age_basis in PROVEN_AGES)
