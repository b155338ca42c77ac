"""The forms of packages, of partners' keys, and of the page on which a receipt is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import line_field, radio_field, text_field
from desks.packages.models import PartnerKey
from desks.packages.partner_keys import KeyFacts
from desks.packages.states import KeptReason, KeyState, Method, RemovalReason
from desks.packages.wishes import PackageWish
from desks.referrals.code_lists import SharingPurpose
from desks.referrals.forms import ChoiceForm
from partners.directory.code_lists import COUNTRIES
from victor.folding import fold
from victor.formatting import country_name
from victor.forms.fields import DateField
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from desks.packages.models import Package
    from victor.publishing.forms import FormData

SHORT = 200
CODE_LENGTH = 40


def countries_by_name() -> list[tuple[str, str]]:
    """The countries of the world, in the order of their names, and that none is chosen."""
    named = [(code, country_name(code)) for code in COUNTRIES]
    return [("", "---------"), *sorted(named, key=lambda country: fold(country[1], ""))]


class KeyField(forms.ModelChoiceField):
    """A partner's key: whose, and whether its fingerprint is confirmed."""

    def label_from_instance(self, obj: PartnerKey) -> str:
        return f"{obj.organisation} · {obj.function} · {KeyState(obj.state).label}"


class PackageForm(forms.Form):
    """For whom a package is, and what for."""

    method = radio_field(
        _("How is it locked?"),
        Method.choices,
        help_text=_("A key is better: there are no words that somebody else could hear."),
    )
    partner = KeyField(
        PartnerKey.objects.none(),
        label=_("Whose key?"),
        required=False,
        widget=forms.RadioSelect,
        blank=False,
        help_text=_("Only for a package that is locked with a key."),
    )
    office = line_field(
        _("Which office receives it, and who there?"),
        help_text=_("Only for a locked PDF. It stands on the cover."),
        size=SHORT,
    )
    country = forms.ChoiceField(
        label=_("In which country?"), choices=countries_by_name, required=False, help_text=_("Only for a locked PDF.")
    )
    purpose = radio_field(_("What do they need it for?"), SharingPurpose.choices)
    language = forms.ChoiceField(
        label=_("In which language?"), choices=settings.CONTENT_LANGUAGES, widget=LanguageSelect
    )

    def __init__(self, data: FormData = None, *, desk: Desk, package: Package | None = None, office: str = "") -> None:
        super().__init__(data)
        keys = PartnerKey.objects.in_use(desk)
        cast("KeyField", self.fields["partner"]).queryset = keys
        self.unconfirmed = [key for key in keys if not key.is_confirmed]
        if package is not None:
            shown = "" if package.method == Method.AGE else office
            self.initial = {"method": package.method, "partner": package.partner_id, "office": shown}
            self.initial |= {"purpose": package.purpose, "language": package.language, "country": package.country}

    @property
    def wish(self) -> PackageWish:
        """What was chosen."""
        data = self.cleaned_data
        method, purpose = Method(data["method"]), SharingPurpose(data["purpose"])
        return PackageWish(method, purpose, data["language"], data["partner"], data["office"], data["country"])


class PackageChoiceForm(ChoiceForm):
    """What leaves, group by group, by the same rules as in a referral. There is no summary before it is accepted."""

    form = None  # type: ignore[assignment]  # Django's way to drop a field
    message = text_field(_("Message to the receiver"), required=False)


class KeyForm(forms.Form):
    """A partner's key, as it was sent and read aloud."""

    organisation = line_field(_("Organisation"), required=True, size=SHORT)
    function = line_field(
        _("Function of the person who has the key"),
        required=True,
        help_text=_("For example: duty officer. No name of a child."),
        size=SHORT,
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries_by_name)
    recipient = line_field(
        _("Public key"),
        required=True,
        help_text=_("It begins with “age1”. The partner makes it with “age-keygen” and sends it in any way."),
        size=SHORT,
    )

    @property
    def facts(self) -> KeyFacts:
        """What was typed."""
        data = self.cleaned_data
        return KeyFacts(data["organisation"], data["function"], data["country"], data["recipient"])


class FingerprintForm(forms.Form):
    """What the partner reads aloud by telephone."""

    heard = line_field(
        _("Fingerprint that the partner reads aloud"),
        required=True,
        help_text=_("Call the number that you know, not one from the message with the key. Type what you hear."),
        size=SHORT,
    )


class RemovalForm(forms.Form):
    """Why a key is used no more."""

    reason = radio_field(_("Why is it removed?"), RemovalReason.choices)


class InformedForm(forms.Form):
    """What a supervisor says before a package is made."""

    child_informed = forms.BooleanField(label=_("The child or guardian knows."))


class ReceiptForm(forms.Form):
    """Somebody outside confirms that a package has come."""

    code = forms.CharField(
        label=_("Code from the first page"),
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    function = forms.CharField(
        label=_("Your function"),
        max_length=SHORT,
        required=False,
        help_text=_("Not your name. For example: duty officer."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    could_open = forms.BooleanField(label=_("I could open it"), required=False)


class DestructionForm(forms.Form):
    """Somebody outside says what became of a package. `code` travels along."""

    demanded = ("day", "reason")  # whichever belongs to the answer
    code = forms.CharField(max_length=CODE_LENGTH, widget=forms.HiddenInput)
    answer = radio_field(
        _("Please destroy it, with all copies"),
        [("destroyed", _("It is destroyed")), ("kept", _("It is not destroyed"))],
    )
    day = DateField(label=_("Destroyed on"), required=False)
    reason = radio_field(_("Not destroyed, because"), KeptReason.choices, required=False)
    text = forms.CharField(
        label=_("What else the desk should know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or self.cleaned_data
        if data.get("answer") == "destroyed" and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say on which day it was destroyed."))
        if data.get("answer") == "kept" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why it is not destroyed."))
        return data
