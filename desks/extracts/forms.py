"""The forms of extracts and of notices of privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import StepForm, line_field, radio_field, text_field
from desks.cases.models import today
from desks.extracts.actions import ExtractWish
from desks.extracts.extract_parts import LISTED, PARTS
from desks.extracts.states import NoticeWay, Receiver
from victor.forms.fields import DateField
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django_stubs_ext import StrOrPromise

    from desks.extracts.states import Audience


def _limited(title: StrOrPromise, receivers: Collection[Receiver]) -> str:
    """What a part is called, and who may not get it."""
    refused = [str(receiver.label) for receiver in Receiver if receiver not in receivers]
    if not refused:
        return str(title)
    return gettext("%(part)s (not for: %(receivers)s)") % {"part": title, "receivers": ", ".join(refused)}


class ExtractForm(StepForm):
    """For whom, in which language, which parts, and why. Nothing is ticked beforehand.

    Notes and papers of the case are chosen one by one.
    """

    receiver = radio_field(_("Receiver"), Receiver.choices)
    to = line_field(_("Name or office of the receiver"))
    language = forms.ChoiceField(label=_("Language of the paper"), widget=LanguageSelect)
    parts = forms.MultipleChoiceField(label=_("Parts"), widget=forms.CheckboxSelectMultiple, required=False)
    reason = text_field(_("Why it is printed"), rows=2, help_text=_("It stays in the record. It is not on the paper."))

    demanded = ("parts",)  # or a note, or a paper

    def prepare(self) -> None:
        """Ask for each note and each paper that there is."""
        for part in LISTED.values():
            if choices := [(part.code_of(number), name) for number, name in part.list_choices(self.case)]:
                self.fields[part.name] = forms.MultipleChoiceField(
                    label=_limited(part.title, part.receivers),
                    choices=choices,
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def clean(self) -> dict[str, object]:
        """Something has to be chosen."""
        data = super().clean() or {}
        if not any(data.get(name) for name in ("parts", *LISTED)):
            self.add_error("parts", self.fields["parts"].error_messages["required"])
        return data

    def fit(self, languages: Sequence[tuple[str, str]]) -> None:
        """Offer the languages of the site, those of the country first, and every part that there is."""
        cast("forms.ChoiceField", self.fields["language"]).choices = list(languages)
        choices = [(part.name, _limited(part.title, part.receivers)) for part in PARTS.values()]
        cast("forms.MultipleChoiceField", self.fields["parts"]).choices = choices

    @property
    def wish(self) -> ExtractWish:
        """What is wanted on the paper."""
        data = self.cleaned_data
        return ExtractWish(
            receiver=Receiver(data["receiver"]),
            language=data["language"],
            parts=tuple(code for name in ("parts", *LISTED) for code in data.get(name, ())),
            reason=data["reason"],
            to=data["to"],
        )

    def hide(self) -> None:
        """Carry the answers on, where the page shows what follows from them."""
        for field in self.fields.values():
            is_many = isinstance(field, forms.MultipleChoiceField)
            field.widget = forms.MultipleHiddenInput() if is_many else forms.HiddenInput()


class NoticeForm(StepForm):
    """To whom a notice was given, when, how, in which language."""

    to = line_field(_("Person"), help_text=_("Name or relation"))
    how = radio_field(_("Way"), NoticeWay.choices)
    language = forms.ChoiceField(label=_("Language"), widget=LanguageSelect)
    given_on = DateField(label=_("Given on"))

    def prepare(self) -> None:
        """Today is the likeliest day."""
        self.fields["given_on"].initial = today()

    def fit(self, languages: Sequence[tuple[str, str]], language: str, audience: Audience) -> None:
        """Offer the languages of the site. Of a child it is clear to whom."""
        cast("forms.ChoiceField", self.fields["language"]).choices = list(languages)
        self.fields["language"].initial = language
        self.fields["to"].required = audience != audience.CHILD
