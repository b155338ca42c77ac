"""The forms of the list of cases and of the page of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from desks.cases.clocks import flagged_kinds
from desks.cases.code_lists import Sensitivity
from desks.cases.querysets import SHOWN, flag_condition, list_condition
from desks.cases.states import NOTE_KINDS, EntryKind, Stage, VictimStatus
from desks.reports.states import Risk
from victor.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias, Unpack

    from django_stubs_ext import StrOrPromise

    from desks.cases.models import Case
    from desks.cases.querysets import CaseQuerySet
    from victor.publishing.forms import FormData, FormFiles, FormOptions

    ChoiceList: TypeAlias = Sequence[tuple[str, StrOrPromise]]

MAX_LENGTH = 10_000
SHORT = 300


def textarea(rows: int = 3) -> forms.Textarea:
    """A field for some lines of text, which no browser keeps."""
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})


def line_field(
    label: StrOrPromise, *, required: bool = False, help_text: StrOrPromise = "", size: int = SHORT
) -> forms.CharField:
    """A field for one line about a child, which no browser keeps."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=size, widget=widget)


def text_field(
    label: StrOrPromise, *, required: bool = True, help_text: StrOrPromise = "", rows: int = 3
) -> forms.CharField:
    """A field for words about a child."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=MAX_LENGTH,
        widget=textarea(rows),
    )


def radio_field(
    label: StrOrPromise, choices: ChoiceList, *, help_text: StrOrPromise = "", required: bool = True
) -> forms.ChoiceField:
    """A choice of which one sees all."""
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, help_text=help_text, required=required
    )


class PersonField(forms.ModelChoiceField):
    """A choice among people, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


def flag_choices() -> ChoiceList:
    """The flags by which the list can be narrowed."""
    return [("", _("All")), *((kind.name, kind.flag) for kind in flagged_kinds())]


class CaseFilterForm(forms.Form):
    """Which cases are listed. It stays in the address, which holds codes and nothing that was written."""

    show = forms.ChoiceField(choices=list(SHOWN.items()), required=False, widget=forms.HiddenInput)
    risk = forms.ChoiceField(label=_("Risk"), choices=[("", _("All")), *Risk.choices], required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("All")), *Stage.choices], required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("All")), *VictimStatus.choices], required=False)
    worker = PersonField(User.objects.none(), label=_("Worker"), required=False, empty_label=_("All"))
    flag = forms.ChoiceField(label=_("Flag"), choices=flag_choices, required=False)
    reference = forms.CharField(label=_("Reference or a part of it"), max_length=20, required=False)

    def __init__(self, data: FormData = None, *, workers: QuerySet[User], **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        cast("PersonField", self.fields["worker"]).queryset = workers
        self.fields["reference"].widget.attrs |= {"size": 10, "autocomplete": "off"}

    @property
    def shown(self) -> str:
        """The view of the list. What is invalid in the address is left out."""
        self.is_valid()
        return str(self.cleaned_data.get("show") or "all")

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the view is asked for."""
        self.is_valid()
        return any(value for name, value in self.cleaned_data.items() if name != "show")

    def narrow(self, cases: CaseQuerySet, *, by: User) -> CaseQuerySet:
        """The cases that are asked for, in order."""
        condition = list_condition(self.shown, by)
        criteria = self.cleaned_data
        if criteria.get("reference"):
            return cases.named_like(criteria["reference"]).for_listing()  # whatever its stage
        columns = {"risk": "risk", "stage": "stage", "status": "victim_status", "worker": "worker"}
        for name, column in columns.items():
            condition &= Q(**{column: criteria[name]}) if criteria.get(name) else Q()
        if criteria.get("flag"):
            condition &= flag_condition(criteria["flag"])
        return cases.filter(condition).for_listing()


class NoteForm(forms.Form):
    """A note, which those who work on the case read."""

    text = text_field(
        _("Note"), rows=4, help_text=_("People on this case read notes. The child may one day ask to see them.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind, EntryKind(kind).label) for kind in NOTE_KINDS])
    sensitivity = forms.ChoiceField(label=_("Handling"), choices=Sensitivity.choices)


class StepForm(forms.Form):
    """What a step of a case asks for. It knows the case, so that it offers what the case can do."""

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, case: Case, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.case = case
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the case."""

    def offer(self, name: str, values: Iterable[str]) -> None:
        """Leave only these choices of a field."""
        field = cast("forms.ChoiceField", self.fields[name])
        labels = dict(cast("list[tuple[str, str]]", field.choices))
        field.choices = [(str(value), labels[str(value)]) for value in values]


class AssignManyForm(forms.Form):
    """Who is to work on the cases that are ticked in the list."""

    to = PersonField(User.objects.none(), label=_("New worker"))

    def __init__(self, data: FormData = None, *, colleagues: QuerySet[User]) -> None:
        super().__init__(data)
        cast("PersonField", self.fields["to"]).queryset = colleagues
