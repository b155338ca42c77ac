"""The forms of the child's record. What is not known stays empty: nothing is guessed, nothing is demanded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.cases.code_lists import Block, Source
from desks.cases.forms import StepForm, line_field, text_field
from desks.cases.models import today
from victor.forms.fields import WholeNumberField

if TYPE_CHECKING:
    from typing import Unpack

    from desks.cases.models import Case
    from victor.publishing.forms import FormData, FormOptions

OLDEST = 120  # years


class BirthFields(forms.Form):
    """A birth date of which the day or the month may be unknown, and an age that somebody said."""

    birth_day = WholeNumberField(label=_("Day of birth"), required=False, min_value=1, max_value=31)
    birth_month = WholeNumberField(label=_("Month of birth"), required=False, min_value=1, max_value=12)
    birth_year = WholeNumberField(label=_("Year of birth"), required=False)
    age = WholeNumberField(label=_("Age, about"), required=False, min_value=0, max_value=OLDEST)
    which = forms.ChoiceField(
        label=_("Which is right?"),
        choices=[
            ("", "–"),
            ("date", pgettext_lazy("birth", "The date")),
            ("age", pgettext_lazy("birth", "The age")),
            ("unknown", pgettext_lazy("birth", "Not known")),
        ],
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """A date that has not come, that does not exist, or that contradicts the age is asked about, never guessed."""
        data: dict[str, Any] = super().clean() or {}
        year, month, day = (data.get(f"birth_{part}") for part in ("year", "month", "day"))
        if year and not self.errors:
            self._check_date(year, month, day)
        if day and not month:
            self.add_error("birth_month", _("Which month? If you do not know it, leave the day empty too."))
        if (month or day) and not year:
            self.add_error("birth_year", _("Which year? If you do not know it, write the age."))
        if not self.errors:
            self._check_age()
        return data

    def _check_date(self, year: int, month: int | None, day: int | None) -> None:
        now = today()
        if year > now.year or (year, month or 1) > (now.year, now.month):
            self.add_error("birth_year", _("This date lies in the future. Check the year."))
        elif year < now.year - OLDEST:
            self.add_error("birth_year", _("This is more than 120 years ago. Check the year."))
        elif month and day:
            try:
                born = date(year, month, day)
            except ValueError:
                self.add_error("birth_day", _("There is no such date."))
            else:
                if born > now:
                    self.add_error("birth_year", _("This date lies in the future. Check the year."))

    def _check_age(self) -> None:
        """Ask which of two counts, where they differ by more than the months that are not known allow."""
        data = self.cleaned_data
        year, age = data.get("birth_year"), data.get("age")
        if not year or age is None or data.get("which"):
            return
        months, days = data.get("birth_month") or 12, data.get("birth_day") or 31
        now = today()
        least = now.year - year - ((now.month, now.day) < (months, days))
        most = now.year - year - ((now.month, now.day) < (data.get("birth_month") or 1, data.get("birth_day") or 1))
        if not least <= age <= most:
            numbers = {"years": most, "age": age}
            self.add_error("which", _("The date makes %(years)s years, you wrote %(age)s. Which is right?") % numbers)


class BlockForm(StepForm):
    """A part of the child's record: its words, how they are known, and which version the page showed."""

    source = forms.ChoiceField(label=_("Known from"), choices=Source.choices, initial=Source.OTHERS)
    seen = WholeNumberField(widget=forms.HiddenInput, min_value=0)

    @property
    def content(self) -> dict[str, object]:
        """What was typed, by the names of the fields; what was left empty is left out."""
        own = {name: value for name, value in self.cleaned_data.items() if name not in {"source", "seen"}}
        return {name: value for name, value in own.items() if value not in (None, "")}


class NameForm(BirthFields, BlockForm):
    """Name, birth, documents."""

    given = line_field(_("Given name"))
    family = line_field(_("Family name"))
    spellings = line_field(_("Other spellings"), help_text=_("Greek, Cyrillic or Latin letters"))
    gender = line_field(_("Sex or gender, as the child says"))
    citizenships = line_field(_("Citizenships"), help_text=_("Stateless, if the child has none"))
    documents = text_field(_("Documents and their numbers"), required=False, rows=2)
    photo = line_field(_("Where a photo is kept"))

    field_order = [
        "given",
        "family",
        "spellings",
        "birth_day",
        "birth_month",
        "birth_year",
        "age",
        "which",
        "gender",
        "citizenships",
        "documents",
        "photo",
        "source",
    ]


class ContactForm(BlockForm):
    """Address and phone."""

    address = text_field(_("Address"), required=False, rows=2)
    phones = line_field(_("Phones"))
    email = line_field(_("Email address"))


class SafetyForm(BlockForm):
    """When and how one may call, and who must not know."""

    hours = line_field(_("When may we call?"))
    say = line_field(_("What to say if somebody else answers"))
    hidden_from = line_field(_("Who must not know"))


class CareForm(BlockForm):
    """Care and family."""

    care = text_field(_("Who cares for the child, and where"), required=False, rows=2)
    siblings = text_field(_("Brothers and sisters"), required=False, rows=2)


class HealthForm(BlockForm):
    """Health and disability."""

    health = text_field(_("Health needs, allergies, medicine"), required=False, rows=2)
    disability = text_field(_("Disability, and what helps"), required=False, rows=2)


class SchoolForm(BlockForm):
    """School."""

    school = text_field(_("School and class"), required=False, rows=2)


BLOCK_FORMS: dict[Block, type[BlockForm]] = {
    Block.IDENTITY: NameForm,
    Block.CONTACT: ContactForm,
    Block.SAFETY: SafetyForm,
    Block.CARE: CareForm,
    Block.HEALTH: HealthForm,
    Block.SCHOOL: SchoolForm,
}


def block_form(block: Block, case: Case, data: FormData = None, **options: Unpack[FormOptions]) -> BlockForm:
    """The form of a part."""
    return BLOCK_FORMS[block](data, case=case, **options)


def block_labels(block: Block) -> dict[str, str]:
    """How the fields of a part are called, for a page that shows them."""
    return {
        name: str(field.label)
        for name, field in BLOCK_FORMS[block].base_fields.items()
        if name not in {"source", "seen", "which"}
    }
