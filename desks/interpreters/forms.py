"""The forms of interpreters and of their bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from desks.cases.code_lists import Answer
from desks.cases.forms import StepForm, line_field, radio_field, text_field
from desks.interpreters.states import InterpreterWay
from victor.forms.fields import DateField, MomentField
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

YES_OR_NO = [choice for choice in Answer.choices if choice[0] != Answer.UNKNOWN]
FIELDS_OF_WORDS = {"name": "name", "contact": "contact", "reason": "text"}  # the parts of an envelope, and their fields
PLACE = _("Where, or at which number, and what for")


def words_of(typed: Mapping[str, str]) -> dict[str, str]:
    """What is sealed of an interpreter."""
    return {part: typed[name] for part, name in FIELDS_OF_WORDS.items()}


class CheckForm(StepForm):
    """What was checked of an interpreter. The answer about the family is never left open."""

    vetted_on = DateField(
        label=_("Vetted on"),
        required=False,
        help_text=_("Leave it empty while the person is not vetted. Then they interpret only in an emergency."),
    )
    no_tie = radio_field(
        _("Is it confirmed that this person has no tie to the family?"),
        YES_OR_NO,
        help_text=_("If you are not sure, answer no. Nobody is booked until it is confirmed."),
    )
    text = text_field(
        _("Note about a conflict of interest"), required=False, help_text=_("Who checked it and how, or which tie.")
    )

    @property
    def tie_excluded(self) -> bool:
        """Whether it is confirmed that there is no tie to the family."""
        return bool(self.cleaned_data["no_tie"] == Answer.YES)

    @property
    def vetted_day(self) -> date | None:
        """Since when the person is vetted; None where they are not."""
        return self.cleaned_data["vetted_on"] or None


class WordsForm(StepForm):
    """What is written of an interpreter."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = line_field(_("Name"), required=True)
    contact = line_field(_("How to reach them"))
    text = text_field(_("Note about a conflict of interest"), required=False)

    @property
    def words(self) -> dict[str, str]:
        """What is sealed."""
        return words_of(self.cleaned_data)


class InterpreterForm(CheckForm):
    """Who interprets, and perhaps for when they are booked."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.CONTENT_LANGUAGES, widget=LanguageSelect)
    way = radio_field(_("How do they interpret?"), InterpreterWay.choices)
    name = line_field(_("Name"), required=True)
    contact = line_field(_("How to reach them"))
    booked_for = MomentField(
        label=_("Booked for"), required=False, help_text=_("Leave it empty if there is no appointment yet.")
    )
    field_order = ("language", "way", "name", "contact", "vetted_on", "no_tie", "text", "booked_for")

    def prepare(self) -> None:
        """The language that the child speaks best is the likeliest."""
        self.fields["language"].initial = self.case.language

    @property
    def words(self) -> dict[str, str]:
        """What is sealed."""
        return words_of(self.cleaned_data)


class BookingForm(StepForm):
    """For when an interpreter is booked."""

    due_at = MomentField(label=_("Booked for"))
    text = text_field(PLACE, required=False, rows=2)


class HeldForm(StepForm):
    """An appointment took place."""

    text = text_field(_("Remarks"), required=False, help_text=_("For example whether the child felt safe to speak."))


class CancelForm(StepForm):
    """There is no appointment."""

    text = text_field(_("Reason"), rows=2)
