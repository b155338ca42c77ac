"""What colleagues ask of a list of participants, and what they do with one of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.forms.names import is_a_name
from trainings.states import OPEN, Profession, State

ORDERS = {"": ("pk",), "name": ("name", "pk"), "newest": ("-pk",)}


class ParticipantsFilterForm(forms.Form):
    """Who is shown, and in which order. It stays in the address, so nobody is looked for by name."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", pgettext_lazy("participants", "All who come or would like to")),
            ("all", pgettext_lazy("participants", "Everybody")),
            *State.choices,
        ],
        required=False,
    )
    profession = forms.ChoiceField(
        label=_("Profession"), choices=[("", pgettext_lazy("professions", "All")), *Profession.choices], required=False
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("As they came")), ("newest", _("Newest first")), ("name", _("By name"))],
        required=False,
    )
    need = forms.BooleanField(label=_("Needs something"), required=False)

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
        if asked.get("state") in State.values:
            given &= Q(state=asked["state"])
        elif asked.get("state") != "all":
            given &= Q(state__in=OPEN)
        given &= Q(profession=asked["profession"]) if asked.get("profession") else Q()
        given &= Q(need__isnull=False) if asked.get("need") else Q()
        return registrations.filter(given).order_by(*ORDERS[asked.get("order", "")])


class DeclineForm(forms.Form):
    """Why there is no place: for colleagues."""

    reason = forms.CharField(label=_("Reason, for colleagues"), max_length=300, required=False)


class PreferForm(forms.Form):
    """Why somebody passes those who came earlier."""

    reason = forms.CharField(
        label=_("Why out of order?"),
        max_length=300,
        error_messages={"required": _("Please say why: others have waited for longer.")},
    )


class CorrectForm(forms.Form):
    """A name or an address set right."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[is_a_name])
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
