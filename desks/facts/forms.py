from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import StepForm, radio_field
from desks.facts.actions import facts_of
from desks.facts.states import UNKNOWN, CitizenshipGroup, Sex
from desks.screening.states import Purpose


class FiguresForm(StepForm):
    """What is counted of a child, in codes."""

    sex = radio_field(_("Sex"), Sex.choices)
    citizenship = radio_field(_("Citizenship"), CitizenshipGroup.choices)
    form = forms.ChoiceField(label=_("Main form of exploitation"), choices=[*Purpose.choices, UNKNOWN])

    def prepare(self) -> None:
        facts = facts_of(self.case)
        for name in ("sex", "citizenship", "form"):
            self.fields[name].initial = getattr(facts, name) if facts else UNKNOWN[0]


class LeaveOutForm(StepForm):
    """Whether a case is really left out."""

    sure = forms.BooleanField(label=_("Yes, this case is in no figure from now on"))
