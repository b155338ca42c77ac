"""The form of a plan with its goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.assessments.errors import ChildNotHeard
from desks.assessments.questions import CHANGED, VIEW
from desks.cases.forms import StepForm, line_field, text_field
from desks.plans.code_lists import GoalKind
from desks.plans.completeness import GOAL_WORDS, NEEDED_OF_GOAL, GoalText, PlanText
from desks.plans.errors import PlanLacks, ReturnLacks
from victor.forms.fields import DateField
from victor.forms.numbers import read_digits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID


MAX_GOALS = 12
FIRST_GOALS = 2
RETURN_WORDS = ("risk_here", "risk_there", "receiver")
RETURN_DAYS = ("follow_up_first", "follow_up_last")
GOAL_FIELDS = ("objective", "kind", "action", "who", "planned_on", "agreement")
PLAN_WORDS = ("changed", "child_view", "means", "why_not_asked", "remarks", *RETURN_WORDS)


def goal_labels() -> dict[str, object]:
    """What each field of a goal is called."""
    return {
        "objective": _("Aim in one sentence"),
        "kind": _("Kind of goal"),
        "action": _("What is done"),
        "who": _("Who does it"),
        "planned_on": _("Until"),
        "agreement": _("What the child says of this goal"),
    }


class PlanForm(StepForm):
    """A plan with its goals. A draft needs none of it; what is not called optional is needed to ask for approval."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    count = forms.CharField(required=False, widget=forms.HiddenInput)
    changed = text_field(CHANGED.label, required=False, rows=2)
    child_view = text_field(VIEW[0].label, required=False)
    means = text_field(VIEW[1].label, required=False, rows=2)
    why_not_asked = text_field(VIEW[2].label, required=False, rows=2)
    remarks = text_field(_("Remarks"), required=False, rows=2)
    risk_here = text_field(_("The risk in the country where the child is now"), required=False)
    risk_there = text_field(_("The risk in the country of return"), required=False)
    receiver = line_field(_("Who receives the child: name, office, how to reach them"))
    follow_up_first = DateField(label=_("First follow-up after the return"), required=False)
    follow_up_last = DateField(label=_("Last follow-up after the return"), required=False)

    def prepare(self) -> None:
        """Ask for as many goals as the page shows."""
        count = read_digits(str(self.data.get("count", "")))
        self.show_goals(FIRST_GOALS if count is None else count)

    def show_goals(self, count: int) -> None:
        """Give each goal its fields. The page sends along how many there were."""
        self.goal_count = max(1, min(count, MAX_GOALS))
        self.fields["count"].initial = str(self.goal_count)
        labels = goal_labels()
        for number in range(1, self.goal_count + 1):
            self.fields |= {f"goal_{number}_{name}": _goal_field(name, labels[name]) for name in GOAL_FIELDS}

    @property
    def can_grow(self) -> bool:
        """Whether there may be more goals."""
        return self.goal_count < MAX_GOALS

    @property
    def demanded(self) -> set[str]:
        """What is needed to ask for approval, and so is not called optional."""
        return {"child_view", "means", *(f"goal_1_{name}" for name in NEEDED_OF_GOAL)}

    @property
    def text_fields(self) -> list[forms.BoundField]:
        """What stands before the goals."""
        return [self[name] for name in ("changed", "child_view", "means", "why_not_asked")]

    @property
    def goal_groups(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each goal, with its number."""
        numbers = range(1, self.goal_count + 1)
        return [(number, [self[f"goal_{number}_{name}"] for name in GOAL_FIELDS]) for number in numbers]

    @property
    def return_fields(self) -> list[forms.BoundField]:
        """What a return to another country needs."""
        return [self[name] for name in (*RETURN_WORDS, *RETURN_DAYS)]

    @property
    def goal_numbers(self) -> list[int]:
        """The goals in which something was written, by their place on the page."""
        return [
            number
            for number in range(1, self.goal_count + 1)
            if any(self.cleaned_data.get(f"goal_{number}_{name}") for name in GOAL_FIELDS)
        ]

    @property
    def text(self) -> PlanText:
        """What was typed."""
        data = self.cleaned_data
        words = {name: data[name] for name in PLAN_WORDS if data[name]}
        days: Mapping[str, date] = {name: data[name] for name in RETURN_DAYS if data[name]}
        words |= {name: day.isoformat() for name, day in days.items()}
        return PlanText(words, [self._goal(number) for number in self.goal_numbers])

    def _goal(self, number: int) -> GoalText:
        data = {name: self.cleaned_data.get(f"goal_{number}_{name}") for name in GOAL_FIELDS}
        words = {name: str(data[name]) for name in GOAL_WORDS if data[name]}
        return GoalText(str(data["kind"] or ""), data["planned_on"], words)

    @property
    def seen_envelope(self) -> UUID | None:
        """The text that the page showed."""
        return self.cleaned_data["seen"]

    def show_refusal(self, refusal: Exception) -> None:
        """Say beside its field what lacks, else above the form."""
        names: Sequence[str] = ()
        if isinstance(refusal, PlanLacks):
            names = [self._on_page(name) for name in refusal.names]
        elif isinstance(refusal, ChildNotHeard):
            names = ["child_view"]
        elif isinstance(refusal, ReturnLacks):
            names = refusal.names
        for name in names:
            self.add_error(name, str(refusal))
        if not names:
            self.add_error(None, str(refusal))

    def _on_page(self, name: str) -> str:
        """The field of a goal, by its place on the page."""
        _goal, number, field = name.split("_", 2)
        places = self.goal_numbers or [1]
        return f"goal_{places[int(number) - 1]}_{field}"


def _goal_field(name: str, label: object) -> forms.Field:
    if name == "kind":
        choices = [("", _("Please choose")), *GoalKind.choices]
        return forms.ChoiceField(label=cast("str", label), choices=choices, required=False)
    if name == "planned_on":
        return DateField(label=cast("str", label), required=False)
    if name in {"objective", "who"}:
        return line_field(cast("str", label))
    return text_field(cast("str", label), required=False, rows=2)
