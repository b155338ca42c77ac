from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from desks.desk.querysets import colleagues
from desks.duty.models import DutySpan
from desks.duty.rota import DutyTime
from desks.duty.states import DutyChannel, DutyHours, Rank
from victor.accounts.models import User
from victor.forms.fields import DateField
from victor.forms.side_by_side import SideForm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from django_stubs_ext import StrOrPromise

    from desks.desk.models import Desk
    from desks.duty.presenters import RotaRow
    from victor.publishing.forms import FormData, FormOptions

NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")
BETWEEN = re.compile(r"[\s().\-/]")  # what people write between digits
MAX_NOTE = 2000


def time_field(label: StrOrPromise) -> forms.TimeField:
    """An hour of the day, in the browser's own clock."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class PersonChoiceField(forms.ModelChoiceField):
    """A choice among colleagues, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class NumberForm(SideForm):
    """The number at which somebody is called."""

    name_prefix = "number"

    telephone = forms.CharField(
        label=_("Phone number for duty"),
        max_length=40,
        help_text=_("With the country code, for example +306912345678. We send a code to it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    channel = forms.ChoiceField(
        label=_("How we call you"), choices=DutyChannel, initial=DutyChannel.SMS, widget=forms.RadioSelect
    )

    def clean_telephone(self) -> str:
        """The number as it is dialled from everywhere."""
        number = BETWEEN.sub("", self.cleaned_data["telephone"])
        number = f"+{number[2:]}" if number.startswith("00") else number
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError(_("Please write the number with + and the country code, digits only."))
        return number


class CodeForm(SideForm):
    """The code that was sent to a new number."""

    name_prefix = "confirm"

    code = forms.CharField(
        label=_("Code that we have sent"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PolicyForm(SideForm):
    """When a desk calls its people."""

    name_prefix = "policy"

    hours = forms.ChoiceField(label=_("When people are called"), choices=DutyHours, widget=forms.RadioSelect)


class DutyForm(SideForm):
    """Who is on duty, in which order, from when until when, in the desk's own time."""

    person = PersonChoiceField(User.objects.none(), label=_("Person"))
    rank = forms.ChoiceField(label=_("Order"), choices=Rank, initial=Rank.FIRST)
    starts = time_field(_("From"))
    ends = time_field(_("Until"))

    def __init__(self, data: FormData = None, *, desk: Desk, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        self.desk = desk
        cast("PersonChoiceField", self.fields["person"]).queryset = colleagues(desk).order_by("name", "pk")
        self.fields["ends"].help_text = _("An hour that is not later means the next day.")

    def span(self) -> DutySpan:
        """The duty, not saved yet."""
        raise NotImplementedError


class WeeklyDutyForm(DutyForm):
    """A duty of every week."""

    name_prefix = "weekly"
    field_order = ("person", "rank", "weekday", "starts", "ends")

    weekday = forms.TypedChoiceField(label=_("Day"), choices=list(WEEKDAYS.items()), coerce=int)

    def span(self) -> DutySpan:
        data = self.cleaned_data
        times = {name: data[name] for name in ("weekday", "starts", "ends")}
        return DutySpan(desk=self.desk, person=data["person"], rank=data["rank"], **times)


class SingleDutyForm(DutyForm):
    """A duty that comes once, in place of whoever has it every week."""

    name_prefix = "once"
    field_order = ("person", "rank", "day", "starts", "ends")

    day = DateField(label=_("Date"))

    def span(self) -> DutySpan:
        data = self.cleaned_data
        until = data["day"] + timedelta(days=0 if data["ends"] > data["starts"] else 1)
        starts_at = datetime.combine(data["day"], data["starts"], self.desk.zone)
        ends_at = datetime.combine(until, data["ends"], self.desk.zone)
        return DutySpan(desk=self.desk, person=data["person"], rank=data["rank"], starts_at=starts_at, ends_at=ends_at)


class StretchForm(forms.Form):
    """Which duty of the rota somebody takes over, in hidden fields."""

    rank = forms.ChoiceField(choices=Rank)
    starts_at = forms.CharField(max_length=40)
    ends_at = forms.CharField(max_length=40)

    @property
    def time(self) -> DutyTime:
        """The time that was named."""
        return DutyTime(**{name: self.cleaned_data[name] for name in ("rank", "starts_at", "ends_at")})

    def clean(self) -> dict[str, object]:
        """The two moments, which the page has written."""
        data = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            data[name] = _moment(str(data.get(name, "")))
        return data


class SwapForm(StretchForm):
    """Which duty of a colleague somebody would have for their own, which the hidden fields name."""

    wanted = forms.ChoiceField(label=_("Duty that you would take instead"), widget=forms.RadioSelect)

    def __init__(self, data: FormData = None, *, rows: Sequence[RotaRow], **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        for name in ("rank", "starts_at", "ends_at"):
            self.fields[name].widget = forms.HiddenInput()
        self.rows = {row.key: row for row in rows}
        cast("forms.ChoiceField", self.fields["wanted"]).choices = [(key, row.words) for key, row in self.rows.items()]

    @property
    def wanted_time(self) -> DutyTime:
        """The duty that was chosen."""
        row = self.rows[self.cleaned_data["wanted"]]
        return DutyTime(row.rank, row.stretch.starts_at, row.stretch.ends_at)


class CallsMadeForm(forms.Form):
    """What somebody did on the telephone. It is sealed as a note of the report."""

    text = forms.CharField(
        label=_("Whom did you call, when, who answered?"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise forms.ValidationError(_("The rota has changed meanwhile. Please look at it again.")) from error
    if moment.tzinfo is None:
        raise forms.ValidationError(_("The rota has changed meanwhile. Please look at it again."))
    return moment
