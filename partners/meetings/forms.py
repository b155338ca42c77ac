"""Forms of meetings: when and where, the agenda, guests, how far a change goes, and the answer of who is invited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Country
from partners.meetings.actions import Plan
from partners.meetings.models import AgendaItem, Invitation, Meeting
from partners.meetings.states import Answer, Extent, InviteeRole, Repetition
from victor.formatting import timezone_location
from victor.forms.fields import AddressField, DateField, typed_formfield
from victor.forms.references import ReferenceCheck

if TYPE_CHECKING:
    from typing import Unpack

    from django_stubs_ext import StrOrPromise

    from victor.publishing.forms import FormData, FormOptions


class HourField(forms.TimeField):
    """An hour of a day."""

    widget = forms.TimeInput(attrs={"inputmode": "numeric", "placeholder": "16:00"}, format="%H:%M")

    def __init__(self, *, label: StrOrPromise) -> None:
        super().__init__(label=label, input_formats=["%H:%M", "%H.%M", "%H%M", "%H"])
        self.error_messages["invalid"] = _("Enter an hour such as 16:00.")


class PlanForm(ReferenceCheck, forms.Form):
    """When and where a meeting is."""

    checked_fields = ("title", "place")

    title = forms.CharField(label=_("Title"), max_length=120)
    day = DateField(label=_("Date"))
    starts = HourField(label=_("Start"))
    ends = HourField(label=_("End"))
    time_zone = forms.ChoiceField(label=_("Whose clock?"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Link"), required=False, assume_scheme="https", help_text=_("Only invited people see the link.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )
    interpretation = forms.MultipleChoiceField(
        label=_("Interpreting into"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )
    answer_by = DateField(label=_("Answers by"), required=False)

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        names = sorted(set(Country.objects.in_partnership().values_list("time_zone", flat=True)))
        cities = sorted((timezone_location(ZoneInfo(name), return_city=True), name) for name in names)
        cast("forms.ChoiceField", self.fields["time_zone"]).choices = [(name, city) for city, name in cities]

    def clean(self) -> dict[str, object]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("place") and not data.get("link") and not self.errors:
            self.add_error("place", _("Enter a place or a link."))
        answer_by, day = data.get("answer_by"), data.get("day")
        if answer_by and day and answer_by > day:
            self.add_error("answer_by", _("Answers are due before the meeting."))
        return data

    @property
    def plan(self) -> Plan:
        """What was entered."""
        names = ("title", "day", "starts", "ends", "time_zone", "place", "link", "answer_by")
        chosen = {name: self.cleaned_data[name] for name in names}
        return Plan(
            **chosen,
            languages=self.cleaned_data["languages"],
            interpretation=self.cleaned_data["interpretation"],
        )


class SeriesForm(PlanForm):
    """A new meeting, or a series of them."""

    repetition = forms.ChoiceField(
        label=_("Does it repeat?"),
        choices=[("", pgettext_lazy("repetition", "No")), *Repetition.choices],
        required=False,
    )
    last_day = DateField(label=_("Last day of the series"), required=False)

    def clean(self) -> dict[str, object]:
        data: dict[str, Any] = super().clean()
        last, day = data.get("last_day"), data.get("day")
        if data.get("repetition") and last is None and "last_day" not in self.errors:
            self.add_error("last_day", _("Enter the last day of the series."))
        elif last and day and last < day:
            self.add_error("last_day", _("The last day is before the first one."))
        return data

    @property
    def series(self) -> tuple[Repetition | None, date | None]:
        """How it repeats, until when."""
        chosen = self.cleaned_data["repetition"]
        return (Repetition(chosen), self.cleaned_data["last_day"]) if chosen else (None, None)


def initial_of(meeting: Meeting) -> dict[str, object]:
    """A meeting as the form shows it: on the organiser's clock."""
    names = ("title", "time_zone", "place", "link", "languages", "interpretation", "answer_by")
    own = {name: getattr(meeting, name) for name in names}
    begins, ends = meeting.local_starts, meeting.local_ends
    return own | {"day": begins.date(), "starts": begins.time(), "ends": ends.time()}


class ExtentForm(forms.Form):
    """How much of a series a change is about."""

    extent = forms.ChoiceField(
        label=_("Which meetings?"), choices=Extent.choices, widget=forms.RadioSelect, initial=Extent.ONE
    )


class ItemForm(ReferenceCheck, forms.ModelForm):
    """Something for the agenda. No title names a case."""

    checked_fields = ("title", "who")

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "minutes", "who"]
        formfield_callback = typed_formfield


class GuestForm(forms.Form):
    """Somebody who does not belong to the group."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = AddressField(label=_("Email address"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, role.label) for role in InviteeRole if role != InviteeRole.CHAIR],
        initial=InviteeRole.GUEST,
    )


class AnswerForm(forms.Form):
    """What somebody who is invited adds to the answer. The answer itself is a button."""

    substitute = forms.CharField(label=_("Someone comes in my place"), max_length=120, required=False)
    needs = forms.CharField(
        label=_("What I need there"),
        max_length=300,
        required=False,
        help_text=_("Access or language, for example. Only those who prepare the meeting read it."),
    )
    shows_title = forms.BooleanField(label=_("My calendar shows the title of the meeting"), required=False)

    def __init__(self, data: FormData = None, *, invitation: Invitation, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        if not invitation.meeting.group.allows_substitutes:
            del self.fields["substitute"]

    @property
    def chosen(self) -> Answer | None:
        """The button that was pressed; None where it was none of ours."""
        pressed = self.data.get("answer", "")
        return Answer(pressed) if pressed in {Answer.YES, Answer.PERHAPS, Answer.NO} else None
