"""A list of participants that a colleague brings: each row through the same questions as somebody who registers."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trainings.participants.spreadsheets import ENCODINGS, MAX_BYTES
from trainings.registrations.names import validate_person_name
from trainings.registrations.states import OPEN_STATES, RegistrationState
from trainings.seminars.states import Profession

ENCODING_NAMES = {
    "cp1250": gettext_lazy("Central European (Windows-1250)"),
    "cp1251": gettext_lazy("Cyrillic (Windows-1251)"),
    "cp1252": gettext_lazy("Western European (Windows-1252)"),
    "cp1253": gettext_lazy("Greek (Windows-1253)"),
}


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
    """Which reading of a text file is right. The file travels along, since nothing is kept before it is right."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MAX_BYTES * 2)
    encoding = forms.ChoiceField(label=gettext_lazy("Which of these is readable?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, readings: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = readings if readings is not None else dict.fromkeys(ENCODINGS, "")
        self.fields["encoding"].choices = [(each, f"{ENCODING_NAMES[each]}: {text}") for each, text in shown.items()]

    @classmethod
    def asking(cls, content: bytes, readings: dict[str, str]) -> EncodingForm:
        """The question about this file."""
        return cls(initial={"content": base64.b64encode(content).decode()}, readings=readings)

    def clean_content(self) -> bytes:
        """The file again."""
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except ValueError as fault:
            raise forms.ValidationError(_("Please upload the file again.")) from fault


LIST_ORDERS = {"": ("pk",), "name": ("name", "pk"), "newest": ("-pk",)}


class ParticipantsFilterForm(forms.Form):
    """Who is shown, and in which order. It stays in the address, so nobody is looked for by name."""

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
    def asked(self) -> dict[str, Any]:
        """What is asked for; what makes no sense is not."""
        self.is_valid()
        return self.cleaned_data

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(value for name, value in self.asked.items() if name != "order")

    def narrow(self, registrations: Any) -> Any:
        """Those who are asked for, in order."""
        asked, given = self.asked, Q()
        if asked.get("state") in RegistrationState.values:
            given &= Q(state=asked["state"])
        elif asked.get("state") != "all":
            given &= Q(state__in=OPEN_STATES)
        given &= Q(profession=asked["profession"]) if asked.get("profession") else Q()
        given &= Q(need__isnull=False) if asked.get("need") else Q()
        return registrations.filter(given).order_by(*LIST_ORDERS[asked.get("order", "")])


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


class CorrectRegistrationForm(forms.Form):
    """A name or an address set right."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150, validators=[validate_person_name])
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)
