"""The form of an assessment: the questions of its kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.assessments.errors import AnswersLack, ChildNotHeard, NextDayNotPossible
from desks.assessments.questions import QUESTIONS, Question
from desks.assessments.states import HAS_NEXT_DAY, HEARS_CHILD, AssessmentKind
from desks.cases.forms import StepForm, line_field, text_field
from desks.reports.states import Risk
from victor.forms.fields import DateField

if TYPE_CHECKING:
    from typing import Unpack
    from uuid import UUID

    from desks.cases.models import Case
    from victor.publishing.forms import FormData, FormOptions

OWN_FIELDS = ("risk", "next_on")


class AssessmentForm(StepForm):
    """What is asked. A draft needs none of it; what is not called optional is needed to finish."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, kind: AssessmentKind, data: FormData = None, *, case: Case, **options: Unpack[FormOptions]
    ) -> None:
        self.kind = kind
        super().__init__(data, case=case, **options)

    def prepare(self) -> None:
        """Ask what this kind asks."""
        self.fields |= {question.name: _field(question) for question in QUESTIONS[self.kind]}
        if self.kind == AssessmentKind.RISK:
            self.fields["risk"] = forms.ChoiceField(
                label=_("Risk now"), choices=Risk.choices, required=False, widget=forms.RadioSelect
            )
        if self.kind in HAS_NEXT_DAY:
            self.fields["next_on"] = DateField(
                label=_("Assess again by"), required=False, help_text=_("Within three months at the latest")
            )

    @property
    def demanded(self) -> set[str]:
        """What is needed to finish, and so is not called optional."""
        needed = {question.name for question in QUESTIONS[self.kind] if question.is_needed}
        heard = {"child_view", "means"} if self.kind in HEARS_CHILD else set()
        return needed | heard | {name for name in OWN_FIELDS if name in self.fields}

    @property
    def answers(self) -> dict[str, str]:
        """What was typed, by the names of the questions; what was left empty is left out."""
        own = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {
            name: value.isoformat() if isinstance(value, date) else str(value) for name, value in own.items() if value
        }

    @property
    def risk(self) -> Risk | None:
        """How high the risk is said to be."""
        chosen = self.cleaned_data.get("risk")
        return Risk(chosen) if chosen else None

    @property
    def next_on(self) -> date | None:
        """The day by which it is assessed again."""
        return self.cleaned_data.get("next_on")

    @property
    def seen_envelope(self) -> UUID | None:
        """The text that the page showed."""
        return self.cleaned_data["seen"]

    def show_refusal(self, refusal: Exception) -> None:
        """Say beside its field what lacks, else above the form."""
        names: list[str | None] = [None]
        if isinstance(refusal, AnswersLack):
            names = list(refusal.names)
        elif isinstance(refusal, ChildNotHeard):
            names = ["child_view"]
        elif isinstance(refusal, NextDayNotPossible):
            names = ["next_on"]
        for name in names:
            self.add_error(name, str(refusal))


def _field(question: Question) -> forms.Field:
    if question.name == "decided_on":
        return DateField(label=question.label, required=False)
    if question.rows == 1:
        return line_field(question.label, help_text=question.help)
    return text_field(question.label, required=False, help_text=question.help, rows=question.rows)
