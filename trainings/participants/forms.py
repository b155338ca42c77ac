"""Forms for the participants of a seminar: filter, decide, correct, and upload a list."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trainings.participants.spreadsheets import MAX_BYTES
from trainings.registrations.forms import SharedAddressForm
from trainings.registrations.names import validate_person_name
from trainings.registrations.states import OPEN_STATES, RegistrationState
from trainings.seminars.states import Profession
from victor.files.text_tables import ENCODINGS
from victor.forms.fields import AddressField

if TYPE_CHECKING:
    from trainings.registrations.querysets import RegistrationQuerySet
    from victor.publishing.forms import FormData

ENCODING_NAMES = {
    "cp1250": gettext_lazy("Central European (Windows-1250)"),
    "cp1251": gettext_lazy("Cyrillic (Windows-1251)"),
    "cp1252": gettext_lazy("Western European (Windows-1252)"),
    "cp1253": gettext_lazy("Greek (Windows-1253)"),
}


NO_READING = "none"


class ParticipantListForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("List (XLSX or CSV file)"), help_text=gettext_lazy("At most 500 rows and 1 MB")
    )

    def clean_file(self) -> bytes:
        """What is in it; more than is allowed is not read."""
        content: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return content


class EncodingForm(forms.Form):
    """Which reading of a text file is right. The form carries the file, because it is not stored before that."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MAX_BYTES * 2)
    encoding = forms.ChoiceField(label=gettext_lazy("Which of these is readable?"), widget=forms.RadioSelect)

    def __init__(self, data: FormData = None, *, content: bytes = b"", readings: dict[str, str] | None = None) -> None:
        super().__init__(data, initial={"content": base64.b64encode(content).decode()})
        texts = readings if readings is not None else dict.fromkeys(ENCODINGS, "")
        choices = [(encoding, f"{ENCODING_NAMES[encoding]}: {text}") for encoding, text in texts.items()]
        choices.append((NO_READING, _("None of these")))
        cast("forms.ChoiceField", self.fields["encoding"]).choices = choices

    def clean_content(self) -> bytes:
        """The file again."""
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except ValueError as fault:
            raise forms.ValidationError(_("Please upload the file again.")) from fault


LIST_ORDERS = {"": ("pk",), "name": ("name", "pk"), "newest": ("-pk",)}


class ParticipantsFilterForm(forms.Form):
    """Who is shown, and in which order. The address holds it, so it has no search for names."""

    state = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[
            ("", pgettext_lazy("participants", "Everyone who is coming or would like to")),
            ("all", pgettext_lazy("participants", "Everyone")),
            *RegistrationState.choices,
        ],
        required=False,
    )
    profession = forms.ChoiceField(
        label=gettext_lazy("Profession"),
        choices=[("", pgettext_lazy("professions", "All")), *Profession.choices],
        required=False,
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        choices=[
            ("", gettext_lazy("In order of registration")),
            ("newest", gettext_lazy("Newest first")),
            ("name", gettext_lazy("By name")),
        ],
        required=False,
    )
    need = forms.BooleanField(label=gettext_lazy("Has needs"), required=False)

    @property
    def criteria(self) -> dict[str, Any]:  # as `cleaned_data`: each field has its own type
        """What is asked for. Invalid values are left out."""
        self.is_valid()
        return self.cleaned_data

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(value for name, value in self.criteria.items() if name != "order")

    def narrow(self, registrations: RegistrationQuerySet) -> RegistrationQuerySet:
        """The registrations that are asked for, in order."""
        criteria, condition = self.criteria, Q()
        if criteria.get("state") in RegistrationState.values:
            condition &= Q(state=criteria["state"])
        elif criteria.get("state") != "all":
            condition &= Q(state__in=OPEN_STATES)
        condition &= Q(profession=criteria["profession"]) if criteria.get("profession") else Q()
        condition &= Q(need__isnull=False) if criteria.get("need") else Q()
        return registrations.filter(condition).order_by(*LIST_ORDERS[criteria.get("order", "")])


class DeclineForm(forms.Form):
    """Why there is no place: for colleagues."""

    reason = forms.CharField(label=gettext_lazy("Reason, for colleagues"), max_length=300, required=False)


class OfferOutOfOrderForm(forms.Form):
    """Why somebody passes those who came earlier."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for offering it out of turn"),
        max_length=300,
        error_messages={"required": gettext_lazy("Please give a reason: others have been waiting longer.")},
    )


class Corrections(TypedDict):
    """A name and an address, and whether somebody was asked about others with that address."""

    name: str
    email: str
    is_another: bool


class CorrectRegistrationForm(SharedAddressForm):
    """A name or an address set right."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150, validators=[validate_person_name])
    email = AddressField(label=gettext_lazy("Email address"), max_length=254)

    @property
    def corrections(self) -> Corrections:
        """The answers, by the names of the arguments of the action."""
        answers = self.cleaned_data
        return {"name": answers["name"], "email": answers["email"], "is_another": answers["different"]}
