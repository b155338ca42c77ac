"""The form that opens a case: three screens, whose answers travel in the form itself and are stored nowhere before."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.cases.actions import NewCase
from desks.cases.code_lists import AgeBand, AgeBasis, Answer, Block, CaseSource, Source
from desks.cases.forms import PersonField, line_field, radio_field, text_field
from desks.cases.models import today
from desks.cases.record_forms import BirthFields
from desks.duplicates.states import SearchReason
from desks.reports.states import Risk
from victor.accounts.models import User
from victor.forms.fields import DateField
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from desks.desk.models import Desk
    from victor.publishing.forms import FormData

SEARCHED = ("given", "family", "spellings", "birth_year", "age", "phones", "documents")
BANDS = ((5, AgeBand.TO_5), (11, AgeBand.TO_11), (14, AgeBand.TO_14), (17, AgeBand.TO_17))
STEPS = (
    (
        "source",
        "given",
        "family",
        "spellings",
        "birth_year",
        "age",
        "phones",
        "documents",
        "elsewhere",
        "nothing_known",
    ),
    (
        "birth_day",
        "birth_month",
        "which",
        "age_basis",
        "known_from",
        "language",
        "unaccompanied",
        "family_may_be_involved",
        "limits",
        "limits_until",
        "hours",
        "say",
        "hidden_from",
    ),
    ("risk", "reason", "worker"),
)
LAST_STEP = len(STEPS)


class OpeningForm(BirthFields):
    """All that is asked where a case is opened. `step` is the screen that was sent."""

    step_number = 1
    demanded = ("limits_until",)

    source = radio_field(
        _("How did you hear of the child?"),
        [(source, source.label) for source in (CaseSource.ENQUIRY, CaseSource.AUTHORITY, CaseSource.OWN)],
    )
    given = line_field(_("Given name"))
    family = line_field(_("Family name"))
    spellings = line_field(_("Other spellings"), help_text=_("Greek, Cyrillic or Latin letters"))
    phones = line_field(_("Phones"))
    documents = line_field(_("Documents and their numbers"))
    elsewhere = forms.ChoiceField(
        label=_("Ask other desks too: why?"),
        choices=[("", _("Ask our own desk only")), *SearchReason.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    nothing_known = forms.BooleanField(label=_("Nothing is known yet"), required=False)
    age_basis = radio_field(
        _("How do we know the age?"),
        AgeBasis.choices,
        help_text=_("If the age is unsure, we treat the person as a child."),
    )
    known_from = forms.ChoiceField(label=_("Known from"), choices=Source.choices, initial=Source.OTHERS)
    language = forms.ChoiceField(
        label=_("Language the child speaks best"), choices=settings.CONTENT_LANGUAGES, widget=LanguageSelect
    )
    unaccompanied = radio_field(_("Is the child without parent or guardian?"), Answer.choices)
    family_may_be_involved = radio_field(
        _("Might a family member be involved?"),
        Answer.choices,
        help_text=_("If yes or unknown: do not contact the family."),
    )
    limits = radio_field(
        _("Was the child told what we must pass on?"),
        [("yes", pgettext_lazy("limits told", "Yes")), ("later", pgettext_lazy("limits told", "Not yet"))],
    )
    limits_until = DateField(label=_("Not yet: until when?"), required=False)
    hours = line_field(_("When may we call?"))
    say = line_field(_("What to say if somebody else answers"))
    hidden_from = line_field(_("Who must not know"))
    risk = radio_field(_("Risk now"), Risk.choices)
    reason = text_field(_("Reason"), help_text=_("What you saw or heard, and of whom."))
    worker = PersonField(User.objects.none(), label=_("Worker"), required=False, empty_label=_("Nobody yet"))

    def __init__(self, data: FormData = None, *, colleagues: QuerySet[User], has_report: bool = False) -> None:
        super().__init__(data)
        cast("PersonField", self.fields["worker"]).queryset = colleagues
        if has_report:
            del self.fields["source"]

    def clean(self) -> dict[str, object]:
        """As for a birth date; and until when the limits are told, where they were not."""
        cleaned, data = super().clean(), self.cleaned_data
        if data.get("limits") == "later" and not data.get("limits_until") and "limits_until" not in self.errors:
            self.add_error("limits_until", _("Until when will the child be told?"))
        if (day := data.get("limits_until")) and day < today():
            self.add_error("limits_until", _("This day has passed."))
        return cleaned

    def check_step(self, number: int) -> bool:
        """Whether the screens up to this one are filled in. What is asked later is no mistake yet."""
        self.step_number = number
        later = {name for names in STEPS[number:] for name in names}
        for name in later & set(self.errors):
            del self.errors[name]
        return not self.errors

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields of the screen."""
        return [self[name] for name in STEPS[self.step_number - 1] if name in self.fields]

    @property
    def carried_fields(self) -> list[tuple[str, str]]:
        """The answers of the other screens."""
        others = [name for number, names in enumerate(STEPS, 1) if number != self.step_number for name in names]
        values = [(name, self[name].value()) for name in others if name in self.fields]
        return [(name, str(value)) for name, value in values if value not in (None, "", False)]

    @property
    def searched(self) -> dict[str, str]:
        """What a search looks for."""
        return {name: str(self.data.get(name, "")).strip() for name in (*SEARCHED, "elsewhere")}

    @property
    def knows_nothing(self) -> bool:
        """Whether there is nothing that one could search for, and somebody says so."""
        return bool(self.data.get("nothing_known")) and not any(self.searched.values())

    def new_case(self, desk: Desk, source: CaseSource) -> NewCase:
        """What was said, as the action takes it."""
        data = self.cleaned_data
        until = data["limits_until"]
        return NewCase(
            source=source,
            language=data["language"],
            age_band=self._age_band(),
            age_basis=AgeBasis(data["age_basis"]),
            unaccompanied=Answer(data["unaccompanied"]),
            family_may_be_involved=Answer(data["family_may_be_involved"]),
            known_from=Source(data["known_from"]),
            limits_told=data["limits"] == "yes",
            limits_task=str(_("Tell the child what we must pass on")),
            limits_due_at=datetime.combine(until, time(17), desk.zone) if until else None,
            risk=Risk(data["risk"]),
            reason=data["reason"],
            child=self._child(),
        )

    def _child(self) -> dict[Block, dict[str, object]]:
        names: dict[Block, tuple[str, ...]] = {
            Block.IDENTITY: (
                "given",
                "family",
                "spellings",
                "birth_day",
                "birth_month",
                "birth_year",
                "age",
                "documents",
            ),
            Block.CONTACT: ("phones",),
            Block.SAFETY: ("hours", "say", "hidden_from"),
        }
        parts = {
            block: {name: self.cleaned_data[name] for name in fields if self.cleaned_data.get(name) not in (None, "")}
            for block, fields in names.items()
        }
        return {block: content for block, content in parts.items() if content}

    def _age_band(self) -> AgeBand:
        data = self.cleaned_data
        which, age = data.get("which"), data.get("age")
        if which == "unknown":
            return AgeBand.UNKNOWN
        year = None if which == "age" and age is not None else data.get("birth_year")
        return band_of(year, data.get("birth_month"), data.get("birth_day"), age)


def band_of(year: int | None, month: int | None, day: int | None, age: int | None) -> AgeBand:
    """The band of the age, by the date where its year is known. Who may be a child is one."""
    now = today()
    if year:
        age = max(now.year - year - ((now.month, now.day) < (month or 12, day or 31)), 0)
    if age is None:
        return AgeBand.UNKNOWN
    return next((band for limit, band in BANDS if age <= limit), AgeBand.ADULT)
