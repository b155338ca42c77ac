"""Which file, what its columns and words mean, and what is said of all its cases before they are opened."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.cases.code_lists import AgeBasis, Answer, CaseSource
from desks.cases.forms import PersonField, radio_field, text_field
from desks.cases.models import today
from desks.cases.timeline import language_of_desk
from desks.desk.querysets import key_holders
from desks.exchange.spreadsheets import MAX_BYTES
from desks.imports.case_mapping import KEEP, ListMapping
from desks.imports.case_words import choices_of, field_of
from desks.imports.openings import OpeningAnswers
from desks.imports.states import BIRTH, SEVERAL, ImportKind, OwnField
from desks.reports.states import Risk
from victor.accounts.models import User
from victor.forms.fields import DateField
from victor.forms.numbers import read_digits
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from desks.desk.models import Desk
    from desks.imports.spreadsheets import OwnList
    from victor.publishing.forms import FormData

SOURCES = (CaseSource.AUTHORITY, CaseSource.ENQUIRY, CaseSource.OWN)
WORKBOOKS = ".xlsx,.csv,.json"


class FileForm(forms.Form):
    """The file, and what it is."""

    kind = radio_field(_("What is in the file?"), ImportKind.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("At most 500 rows and 10 MB. It is read in memory; nothing of it is stored unencrypted."),
        widget=forms.FileInput(attrs={"accept": WORKBOOKS}),
    )

    def clean_file(self) -> bytes:
        """What is in it; more than is allowed is not read."""
        content: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return content


class ColumnsForm(forms.Form):
    """What each column of a list is. What was said before is chosen already, as is a heading that we know."""

    def __init__(self, data: FormData = None, *, listed: OwnList, mapping: ListMapping) -> None:
        super().__init__(data)
        self.headings = list(listed.letters)
        for number, heading in enumerate(self.headings):
            chosen = mapping.columns.get(heading, field_of(heading))
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading, choices=OwnField.choices, initial=chosen, required=False
            )
        self.demanded = set(self.fields)

    def clean(self) -> dict[str, object]:
        """No two columns say the same, but for those that are put together."""
        names = [OwnField(self.cleaned_data.get(f"column-{number}", "")) for number in range(len(self.headings))]
        count = Counter(names)
        doubled = {name for name in names if count[name] > 1 and name not in SEVERAL}
        if OwnField.BORN in names:
            doubled |= set(names) & set(BIRTH)
        for number, name in enumerate(names):
            if name in doubled:
                self.add_error(f"column-{number}", _("Another column says this already."))
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, str]:
        """By heading what it is."""
        return {heading: self.cleaned_data[f"column-{number}"] for number, heading in enumerate(self.headings)}


class WordsForm(forms.Form):
    """What the words of coded columns stand for; those that are certain are not asked."""

    def __init__(self, data: FormData = None, *, words: Mapping[OwnField, Sequence[str]]) -> None:
        super().__init__(data)
        self.words = [(name, word) for name, asked in words.items() for word in asked]
        keep = (KEEP, pgettext_lazy("word of a list", "None of these: keep it sealed as it is"))
        choices = {name: [("", "–"), *choices_of(name), keep] for name in words}
        for number, (name, word) in enumerate(self.words):
            label = f"{name.label}: {word}"
            self.fields[f"word-{number}"] = forms.ChoiceField(label=label, choices=choices[name])

    def added_to(self, mapping: ListMapping) -> ListMapping:
        """What was known before, and what was said now."""
        codes = {name: dict(known) for name, known in mapping.codes.items()}
        for number, (name, word) in enumerate(self.words):
            codes.setdefault(name.value, {})[word] = self.cleaned_data[f"word-{number}"]
        return ListMapping(mapping.columns, codes)


class ConfirmForm(forms.Form):
    """What no file says, for all its cases; which rows are left out; whether what has no field is kept."""

    source = radio_field(_("How did you hear of the child?"), [(source, source.label) for source in SOURCES])
    language = forms.ChoiceField(
        label=_("Language, where the file names none of ours"),
        choices=settings.CONTENT_LANGUAGES,
        widget=LanguageSelect,
    )
    age_basis = radio_field(
        _("How do we know the age?"),
        AgeBasis.choices,
        help_text=_("If the age is unsure, we treat the person as a child."),
    )
    unaccompanied = radio_field(_("Is the child without parent or guardian?"), Answer.choices)
    family_may_be_involved = radio_field(
        _("Might a family member be involved?"),
        Answer.choices,
        help_text=_("If yes or unknown: do not contact the family."),
    )
    risk = radio_field(_("Risk now"), Risk.choices)
    reason = text_field(_("Reason"), help_text=_("It stands in each of the cases."))
    limits_until = DateField(label=_("Until when will the child be told what we must pass on?"))
    worker = PersonField(User.objects.none(), label=_("Worker"), required=False, empty_label=_("Nobody yet"))
    keep = forms.BooleanField(label=_("Keep what VICTOR has no field for, sealed as it is"), required=False)
    left_out = forms.TypedMultipleChoiceField(
        label=_("Leave out"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: FormData = None,
        *,
        desk: Desk,
        numbers: Sequence[int],
        known: Collection[int] = (),
        has_faults: bool = False,
    ) -> None:
        initial: dict[str, object] = {"unaccompanied": Answer.UNKNOWN, "family_may_be_involved": Answer.UNKNOWN}
        initial |= {"age_basis": AgeBasis.PRESUMED, "language": language_of_desk(desk), "left_out": sorted(known)}
        super().__init__(data, initial=initial)
        self.desk = desk
        cast("PersonField", self.fields["worker"]).queryset = key_holders(desk).order_by("name")
        cast("forms.ChoiceField", self.fields["left_out"]).choices = [(number, str(number)) for number in numbers]
        if not has_faults:
            del self.fields["keep"]

    def clean_limits_until(self) -> object:
        """A day that is still to come."""
        day = self.cleaned_data["limits_until"]
        if day < today():
            raise forms.ValidationError(_("This day has passed."))
        return day

    @property
    def left_out_numbers(self) -> set[int]:
        """The rows that are ticked, also where something else is wrong."""
        values = self["left_out"].value() or []
        return {number for value in values if (number := read_digits(str(value))) is not None}

    @property
    def answers(self) -> OpeningAnswers:
        """What was said, as the action takes it."""
        data = self.cleaned_data
        return OpeningAnswers(
            source=CaseSource(data["source"]),
            language=data["language"],
            age_basis=AgeBasis(data["age_basis"]),
            unaccompanied=Answer(data["unaccompanied"]),
            family_may_be_involved=Answer(data["family_may_be_involved"]),
            risk=Risk(data["risk"]),
            reason=data["reason"],
            limits_task=str(_("Tell the child what we must pass on")),
            limits_due_at=datetime.combine(data["limits_until"], time(17), self.desk.zone),
            worker=data["worker"],
            keep=bool(data.get("keep")),
            left_out=frozenset(data["left_out"]),
        )
