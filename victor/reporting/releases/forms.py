"""Forms of releases: what is counted, why it is returned or corrected, and that the approver has compared it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from victor.indicators.periods import HalfYear
from victor.reporting.releases.states import ReleaseKind

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, FormOptions


class ReleaseForm(forms.Form):
    """For whom, and which half-years."""

    kind = forms.ChoiceField(label=_("Readers"), choices=ReleaseKind, widget=forms.RadioSelect)
    half_years = forms.MultipleChoiceField(label=_("Half-years"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        self.offered = {period.key: period for period in HalfYear.offered() if period.is_shown}
        choices = [(key, str(period)) for key, period in self.offered.items()]
        self.fields["half_years"] = forms.MultipleChoiceField(
            label=_("Half-years"),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Figures are counted for whole half-years, from 31 days after their end on."),
        )

    def clean_half_years(self) -> list[HalfYear]:
        """The half-years that were chosen."""
        return [self.offered[key] for key in self.cleaned_data["half_years"]]


class ReturnForm(forms.Form):
    """Why a release is returned."""

    reason = forms.CharField(label=pgettext_lazy("of a suspension", "Reason"), max_length=300)


class CorrectionForm(forms.Form):
    """What was wrong in a release that went out, and why."""

    reason = forms.CharField(
        label=_("What is corrected, and why"),
        max_length=300,
        help_text=_("Everybody who reads the figures sees this sentence. Write nothing about a person."),
    )


class ApprovalForm(forms.Form):
    """That the approver has looked."""

    has_compared = forms.BooleanField(label=_("I have compared the summary with its sources."))
