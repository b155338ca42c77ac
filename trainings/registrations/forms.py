"""The questions to somebody who would like to come: few, each with the reason for which it is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Country
from trainings.registrations.models import Group, Registration
from trainings.registrations.names import validate_person_name
from trainings.registrations.retention import QUESTION_PURPOSES
from trainings.registrations.states import OrganisationType, Sex
from trainings.seminars.models import Seminar
from trainings.seminars.states import Profession
from victor.languages import current_language, local_text

MAX_COLLEAGUES = 20
ANOTHER_COUNTRY = ("other", pgettext_lazy("country", "Another country"))
PLEASE_CHOOSE = ("", _("Please choose"))


class ExplainedForm(forms.Form):
    """Questions that say why they are asked: each bound field has its `fact`."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.fact = QUESTION_PURPOSES.get(name)


def country_choices() -> list[tuple[str, Any]]:
    """Those that the portal knows, in the reader's language, and all others."""
    known = [(each.code, local_text(each, "name").text) for each in Country.objects.all()]
    return [PLEASE_CHOOSE, *sorted(known, key=lambda each: each[1]), ANOTHER_COUNTRY]


class CountryForm(ExplainedForm):
    """Asks for the country; `country` is None in the clean data where the portal does not know it."""

    def __init__(self, *args: Any, choices: list[tuple[str, Any]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = choices or country_choices()

    def clean_country(self) -> str | None:
        """Its code, as registrations keep it."""
        code: str = self.cleaned_data["country"]
        return None if code == ANOTHER_COUNTRY[0] else code


class RegistrationForm(CountryForm):
    """Somebody, as they register or as a colleague writes them down."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As it should appear on your certificate"),
        max_length=150,
        validators=[validate_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please enter your name.")},
    )
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please enter your email address.")},
    )
    profession = forms.ChoiceField(label=_("Profession"), choices=[PLEASE_CHOOSE, *Profession.choices])
    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    organisation_type = forms.ChoiceField(
        label=_("Kind of organisation"), choices=[PLEASE_CHOOSE, *OrganisationType.choices]
    )
    country = forms.ChoiceField(label=_("Country where you work"))
    language = forms.ChoiceField(label=_("Language for emails and certificate"), choices=settings.LANGUAGES)
    sex = forms.ChoiceField(label=_("Sex"), choices=[(Sex.UNTOLD, Sex.UNTOLD.label), *Sex.choices[:-1]], required=False)

    def registration(self, seminar: Seminar) -> Registration:
        """What was typed, as a registration that is not made yet."""
        told = {name: each for name, each in self.cleaned_data.items() if name not in {"need", "country", "decoy"}}
        return Registration(seminar=seminar, country_id=self.cleaned_data["country"], **told)


# Asked of whoever registers, and of whoever was registered by somebody else.
NEED_FIELD = forms.CharField(
    label=_("What do you need in order to take part?"),
    help_text=_("For example step-free access, sign language or a special diet"),
    max_length=500,
    required=False,
    widget=forms.Textarea(attrs={"rows": 2}),
)
SHOWS_NAME_FIELD = forms.BooleanField(label=_("People who check my certificate may see my full name"), required=False)


class OwnNeedsForm(ExplainedForm):
    """What participants say for themselves on their own page, until the seminar begins."""

    need, shows_name = NEED_FIELD, SHOWS_NAME_FIELD


class VisitorForm(RegistrationForm):
    """What visitors are asked besides; the last field is for programs that fill in whatever they find."""

    need, shows_name = NEED_FIELD, SHOWS_NAME_FIELD
    decoy = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"language": current_language()}, **kwargs)

    @cached_property
    def asked(self) -> list[forms.BoundField]:
        """The questions for people."""
        return [field for field in self if field.name != "decoy"]

    def clean(self) -> dict[str, Any]:
        """A browser may have filled in what nobody sees: then it is empty when the form comes back."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decoy"):
            self.data = self.data.copy()
            self.data["decoy"] = ""
            raise forms.ValidationError(_("Please press the button again."))
        return data


class GroupForm(CountryForm):
    """What colleagues have in common."""

    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    organisation_type = forms.ChoiceField(
        label=_("Kind of organisation"), choices=[PLEASE_CHOOSE, *OrganisationType.choices]
    )
    country = forms.ChoiceField(label=_("Country where you work"))
    contact = forms.EmailField(
        label=_("Your own email address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    together = forms.TypedChoiceField(
        label=_("If there are not enough places"),
        choices=[
            ("", _("Register as many as possible; put the others on the waiting list")),
            ("all", _("All of us or none")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    def group(self, seminar: Seminar) -> Group:
        """The group, not made yet."""
        told = {name: self.cleaned_data[name] for name in ("organisation", "contact", "together")}
        return Group(seminar=seminar, **told)

    def member(self, seminar: Seminar, colleague: dict[str, Any]) -> Registration:
        """One of them, not registered yet."""
        shared = {name: self.cleaned_data[name] for name in ("organisation", "organisation_type")}
        return Registration(seminar=seminar, country_id=self.cleaned_data["country"], **shared, **colleague)


class ColleagueForm(ExplainedForm):
    """One colleague."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[validate_person_name])
    email = forms.EmailField(label=_("Email address"), max_length=254)
    profession = forms.ChoiceField(label=_("Profession"), choices=[PLEASE_CHOOSE, *Profession.choices])
    language = forms.ChoiceField(
        label=pgettext_lazy("of somebody's mails", "Language"),
        choices=[("", _("Language of this page")), *settings.LANGUAGES],
        required=False,
    )

    def clean_language(self) -> str:
        """The page's, where nobody says otherwise."""
        return self.cleaned_data["language"] or current_language()


class ColleagueFormSet(forms.BaseFormSet):
    """Up to twenty of them; rows that are left empty do not count."""

    @property
    def given(self) -> list[dict[str, Any]]:
        """Clean data of the rows that were filled in."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    def clean(self) -> None:
        """Somebody, and each by an address of their own."""
        if any(self.errors):
            return
        seen: set[str] = set()
        for form in self.forms:
            address = form.cleaned_data.get("email", "").lower()
            if address and address in seen:
                form.add_error("email", _("This email address appears twice."))
            seen.add(address)
        if not seen - {""}:
            raise forms.ValidationError(_("Please name at least one person."))


def colleague_formset(posted: Any = None, *, more: int = 0) -> Any:
    """The rows for colleagues; `more` of them than were there."""
    made = forms.formset_factory(
        ColleagueForm, formset=ColleagueFormSet, extra=3, max_num=MAX_COLLEAGUES, absolute_max=20
    )
    if posted is None:
        return made(prefix="who")
    if more:
        posted = posted.copy()
        number = posted.get("who-TOTAL_FORMS", "")
        rows = int(number) if number.isdecimal() and len(number) <= len(str(MAX_COLLEAGUES)) else 3
        posted["who-TOTAL_FORMS"] = min(rows + more, MAX_COLLEAGUES)
    return made(posted, prefix="who")
