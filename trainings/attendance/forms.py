"""Forms of the check-in: walk-ins, reasons, and the correction of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country
from trainings.registrations.damaged_text import refuse_damaged
from trainings.registrations.models import Registration
from trainings.registrations.names import validate_person_name
from trainings.registrations.querysets import RegistrationQuerySet
from trainings.seminars.models import Seminar
from victor.forms.fields import AddressField
from victor.forms.numbers import read_digits

if TYPE_CHECKING:
    from victor.publishing.forms import FormData

REASON_LENGTH = 300
ANOTHER_PERSON = "new"


class Circumstances(TypedDict):
    """Why a person gets a seat although none is free, and who it is."""

    reason: str
    same_as: Registration | None
    is_another: bool


class WalkInForm(forms.ModelForm):
    """A person who came without registration. Those who manage the seminar may exceed its seats, with a reason.

    `who` shows once it is asked: the number of a registration with this address, or `ANOTHER_PERSON`.
    """

    who = forms.CharField(label=_("Who is this?"), required=False, widget=forms.HiddenInput)

    reason = forms.CharField(
        label=_("Reason for letting them in although all places are taken"), max_length=REASON_LENGTH, required=False
    )

    class Meta:
        model = Registration
        fields = ["name", "email", "profession", "organisation", "organisation_type", "country", "language"]
        field_classes = {"email": AddressField}

    def __init__(self, data: FormData, *, seminar: Seminar, manages: bool) -> None:
        super().__init__(data, initial={"country": seminar.country_id, "language": seminar.language})
        self.instance.seminar = seminar
        self.fields["name"].validators.append(validate_person_name)
        country = cast("forms.ModelChoiceField", self.fields["country"])
        country.queryset = Country.objects.in_partnership().order_by("position")
        country.empty_label = _("Another country")
        for name in ("name", "email", "organisation"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the device belongs to the helper
        self.fields["organisation"].validators.append(refuse_damaged)
        if not manages:
            del self.fields["reason"]

    @property
    def circumstances(self) -> Circumstances:
        """Why the person gets a seat, and who it is, by the names of the arguments of the action."""
        who = self.cleaned_data["who"]
        number = read_digits(who)
        same_as = self.instance.seminar.registrations.filter(pk=number).first() if number else None
        return {
            "reason": self.cleaned_data.get("reason", ""),
            "same_as": same_as,
            "is_another": who == ANOTHER_PERSON,
        }

    def ask_who(self, registrations: list[Registration]) -> None:
        """Ask whether this is one of those who are registered with the address, or another person."""
        choices = [(str(person.pk), f"{person.name} ({person.email})") for person in registrations]
        self.fields["who"].widget = forms.RadioSelect(choices=[*choices, (ANOTHER_PERSON, _("Another person"))])
        self.add_error("who", _("Someone is registered with this email address. Nobody has been checked in yet."))

    def validate_constraints(self) -> None:
        """No check: a person who is registered with this address is admitted with that registration."""


class ReasonForm(forms.Form):
    """The reason for a correction."""

    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH)


class AttendanceForm(ReasonForm):
    """Who attended by the signed list (`came`), and what the page said before (`was`).

    Only differences between both are applied: what others note meanwhile stays.
    """

    def __init__(self, data: FormData, *, expected: RegistrationQuerySet) -> None:
        super().__init__(data, initial={"reason": _("Signed attendance sheet")})
        self.fields["came"] = forms.ModelMultipleChoiceField(expected, required=False)
        self.fields["was"] = forms.ModelMultipleChoiceField(expected, required=False)

    @property
    def missed(self) -> set[Registration]:
        """Those who attended and were not on the list."""
        return set(self.cleaned_data["came"]) - set(self.cleaned_data["was"])

    @property
    def wrong(self) -> set[Registration]:
        """Those who were on the list and did not attend."""
        return set(self.cleaned_data["was"]) - set(self.cleaned_data["came"])
