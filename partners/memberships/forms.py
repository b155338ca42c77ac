"""Forms to invite a person, and to accept an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Organisation
from partners.memberships.models import ContactPoint, Membership
from partners.memberships.rules import coordinates, organisations_of
from partners.memberships.states import DESK_ROLES, Role
from victor.accounts.models import User
from victor.forms.fields import AddressField
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, FormOptions


class MembershipForm(forms.ModelForm):
    """The languages in which a translator writes."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=settings.CONTENT_LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Membership
        fields = ["languages"]


class ContactForm(forms.ModelForm):
    """What the person concerned may correct. The rest is a coordinator's."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=settings.CONTENT_LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = ContactPoint
        fields = ["phone", "job_title", "languages"]


password_help = lazy(password_validators_help_text_html, str)


class InviteForm(forms.Form):
    """Who is invited to which organisation, in which role and language."""

    email = AddressField(label=_("Email address"), widget=forms.EmailInput({"autocomplete": "off"}))
    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none()
    )
    role = forms.ChoiceField(
        label=_("Role"), help_text=_("A role that holds for the whole site has to be confirmed by another coordinator.")
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=settings.LANGUAGES,
        widget=LanguageSelect,
        help_text=_("The account will also start in this language."),
    )

    def __init__(self, data: FormData = None, *, by: User, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        organisations = Organisation.objects.present().for_listing()
        if not coordinates(by):
            organisations = organisations.filter(pk__in=organisations_of(by, supervising=True))
        roles = [choice for choice in Role.choices if coordinates(by) or choice[0] in DESK_ROLES]
        cast("forms.ModelChoiceField", self.fields["organisation"]).queryset = organisations
        cast("forms.ChoiceField", self.fields["role"]).choices = roles
        if not coordinates(by):
            self.fields["role"].help_text = ""


class AcceptForm(forms.Form):
    """The name and the password of a new account."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=password_help(),
    )
    repeated = forms.CharField(
        label=_("Repeat the password"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, data: FormData = None, *, email: str, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        self.email = email

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and password != cleaned.get("repeated"):
            self.add_error("repeated", _("The passwords do not match."))
        elif password:
            self._check_strength(password)
        return cleaned

    def _check_strength(self, password: str) -> None:
        try:
            validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        except ValidationError as error:
            self.add_error("password", error)
