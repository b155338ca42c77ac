"""The forms of places, check-ins and missing reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import StepForm, line_field, radio_field, text_field
from desks.notifications.states import Channel
from desks.placements.models import Placement
from desks.placements.place_words import MISSING_WORDS, PLACE_WORDS
from desks.placements.states import TOLD, PlaceKind
from victor.forms.fields import MomentField, WholeNumberField
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desks.placements.place_words import Word


def word_fields(words: Sequence[Word]) -> dict[str, forms.Field]:
    """A field for each thing that is written."""
    return {word.name: text_field(word.label, required=False, help_text=word.help, rows=word.rows) for word in words}


class WrittenForm(StepForm):
    """A form with words that are sealed."""

    words: Sequence[Word] = PLACE_WORDS

    def prepare(self) -> None:
        """Ask what is written."""
        self.fields |= word_fields(self.words)

    @property
    def written(self) -> dict[str, object]:
        """What was typed; what was left empty is left out."""
        return {word.name: self.cleaned_data[word.name] for word in self.words if self.cleaned_data[word.name]}


class PlaceForm(WrittenForm):
    """A new place: of which kind, since when, and what is known of it."""

    kind = radio_field(_("Where the child lives"), PlaceKind.choices)
    since = MomentField(label=_("Since"))

    def prepare(self) -> None:
        """The child has just arrived: that is what is written most."""
        super().prepare()
        self.fields["since"].initial = timezone.localtime


class PlaceWordsForm(WrittenForm):
    """What is known of the place."""

    seen = WholeNumberField(widget=forms.HiddenInput, min_value=0)


class CheckInForm(StepForm):
    """How somebody knows that the child is there."""

    text = text_field(_("How you know it"), required=False, help_text=_("Seen, or spoken to on the telephone; by whom"))


class MissingForm(WrittenForm):
    """When the child was missed, and how the child was last seen."""

    words = MISSING_WORDS
    noticed_at = MomentField(label=_("Missing since"), help_text=_("When somebody noticed it"))

    def prepare(self) -> None:
        """Somebody notices it now."""
        super().prepare()
        self.fields["noticed_at"].initial = timezone.localtime


class ToldForm(StepForm):
    """Who was told of the missing child, and what they said."""

    contact = radio_field(_("Who was told"), [(contact.value, contact.label) for contact in TOLD])
    how = forms.ChoiceField(label=_("Way"), choices=Channel.choices)
    number = line_field(_("Number given by the authority"))
    text = text_field(_("To whom, and what was said"), required=False)


class ReturnForm(StepForm):
    """When the child came back, and where the child is now."""

    returned_at = MomentField(label=_("Back since"))
    place = radio_field(
        _("Where the child is now"),
        [
            ("same", _("At the same place: a new 72-hour watch begins")),
            ("new", _("At a new place: write it down next")),
        ],
    )
    text = text_field(
        _("How the child came back, and what the child says"),
        required=False,
        help_text=_("Do not question the child about what happened."),
    )

    def prepare(self) -> None:
        """Where no place is known, there is none to come back to."""
        self.fields["returned_at"].initial = timezone.localtime
        if not Placement.objects.current().filter(case=self.case).exists():
            self.offer("place", ["new"])


class MissingPaperForm(StepForm):
    """What goes into the report on paper, in which language."""

    language = forms.ChoiceField(label=_("Language of the report"), widget=LanguageSelect)
    authority = line_field(_("Name of the authority"), required=True)
    identity = forms.BooleanField(label=_("Name, birth, documents"), required=False, initial=True)
    place = forms.BooleanField(label=_("Place to live, and the description"), required=False, initial=True)

    def fit(self, languages: list[tuple[str, str]], authority: str) -> None:
        """Offer the languages of the site, those of the country first."""
        cast("forms.ChoiceField", self.fields["language"]).choices = languages
        self.fields["authority"].initial = authority
