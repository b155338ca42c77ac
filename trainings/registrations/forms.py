"""Registration forms. Each question comes with the reason why it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, cast

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Country
from trainings.registrations.damaged_text import refuse_damaged
from trainings.registrations.models import Registration, RegistrationGroup
from trainings.registrations.names import is_same_person, mailbox_key, validate_person_name
from trainings.registrations.retention import QUESTION_PURPOSES
from trainings.registrations.states import OrganisationType, Sex
from trainings.seminars.models import Seminar
from trainings.seminars.states import Profession
from victor.forms.fields import AddressField
from victor.forms.numbers import read_digits
from victor.languages import interface_language, local_text
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from django.utils.datastructures import MultiValueDict
    from django.utils.functional import _StrPromise

    from victor.publishing.forms import FormData, FormFiles, FormOptions

Choice: TypeAlias = "tuple[str, str | _StrPromise]"  # what is stored, and its label

MAX_COLLEAGUES = 20
ANOTHER_COUNTRY = ("other", pgettext_lazy("country", "Another country"))
PLEASE_CHOOSE = ("", _("Please choose"))


class ExplainedForm(forms.Form):
    """Questions that say why they are asked: each field has its purpose as `fact`."""

    use_required_attribute = False

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        for name, field in self.fields.items():
            field.fact = QUESTION_PURPOSES.get(name)  # type: ignore[attr-defined]  # for the template


def country_choices() -> list[Choice]:
    """The countries of the portal by their names in the reader's language, and "another country"."""
    countries = [(country.code, local_text(country, "name").text) for country in Country.objects.all()]
    return [PLEASE_CHOOSE, *sorted(countries, key=lambda choice: choice[1]), ANOTHER_COUNTRY]


class CountryForm(ExplainedForm):
    """Asks for the country. In the clean data `country` is None for another country."""

    def __init__(
        self, data: FormData = None, *, choices: list[Choice] | None = None, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, **options)
        cast("forms.ChoiceField", self.fields["country"]).choices = choices or country_choices()

    def clean_country(self) -> str | None:
        """The code as `Registration.country_id`."""
        code: str = self.cleaned_data["country"]
        return None if code == ANOTHER_COUNTRY[0] else code


class OrganisationField(forms.CharField):
    """The name of the organisation of a participant."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "organization"})
        super().__init__(label=_("Organisation"), max_length=200, validators=[refuse_damaged], widget=widget)


class RegistrationForm(CountryForm):
    """A person, as they register or as a colleague enters them."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As it should appear on your certificate"),
        max_length=150,
        validators=[validate_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please enter your name.")},
    )
    email = AddressField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please enter your email address.")},
    )
    profession = forms.ChoiceField(label=_("Profession"), choices=[PLEASE_CHOOSE, *Profession.choices])
    organisation = OrganisationField()
    organisation_type = forms.ChoiceField(
        label=_("Kind of organisation"), choices=[PLEASE_CHOOSE, *OrganisationType.choices]
    )
    country = forms.ChoiceField(label=_("Country where you work"))
    language = forms.ChoiceField(
        label=_("Language for emails and certificate"), choices=settings.LANGUAGES, widget=LanguageSelect
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[(Sex.NOT_STATED, Sex.NOT_STATED.label), *Sex.choices[:-1]], required=False
    )

    def registration(self, seminar: Seminar) -> Registration:
        """The answers as a registration that is not saved."""
        others = {"need", "country", "decoy", "different"}
        answers = {name: answer for name, answer in self.cleaned_data.items() if name not in others}
        return Registration(seminar=seminar, country_id=self.cleaned_data["country"], **answers)


class SharedAddressForm(forms.Form):
    """Asks whether people with one address are different people. The box shows once it is asked."""

    different = forms.BooleanField(
        label=_("These are different people who share an address"), required=False, widget=forms.HiddenInput
    )

    def ask_whether_different(self, people: Iterable[tuple[str, str]]) -> None:
        """Show the box, with the names and addresses of those who may be one person."""
        self.fields["different"].widget = forms.CheckboxInput()
        names = ", ".join(f"{name} ({address})" for name, address in people)
        reason = _("Perhaps the same person: %(names)s. Nothing has been saved yet.")
        self.add_error("different", forms.ValidationError(reason, params={"names": names}))


class AddParticipantForm(RegistrationForm, SharedAddressForm):
    """A person whom a colleague enters."""


# For people who register themselves, and for those whom a colleague has registered.
NEED_FIELD = forms.CharField(
    label=_("What do you need in order to take part?"),
    help_text=_("For example step-free access, sign language or a special diet"),
    max_length=500,
    required=False,
    widget=forms.Textarea(attrs={"rows": 2}),
)
SHOWS_NAME_FIELD = forms.BooleanField(label=_("People who check my certificate may see my full name"), required=False)


class OwnNeedsForm(ExplainedForm):
    """What participants answer on their own page until the seminar begins."""

    need, shows_name = NEED_FIELD, SHOWS_NAME_FIELD


class VisitorForm(RegistrationForm):
    """What visitors are asked. The last field is invisible: only a program that fills in everything answers it."""

    need, shows_name = NEED_FIELD, SHOWS_NAME_FIELD
    decoy = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"}))

    def __init__(self, data: FormData = None) -> None:
        super().__init__(data, initial={"language": interface_language()})

    @cached_property
    def visible_questions(self) -> list[forms.BoundField]:
        """All fields but the invisible one."""
        return [field for field in self if field.name != "decoy"]

    def clean(self) -> dict[str, object]:
        """Refuse an answer to the invisible field, and empty it: a browser may have filled it in."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decoy"):
            typed = cast("MultiValueDict[str, str]", self.data).copy()
            typed["decoy"] = ""
            self.data = typed
            raise forms.ValidationError(_("Please press the button again."))
        return data


class GroupForm(CountryForm, SharedAddressForm):
    """What the colleagues of a group have in common."""

    organisation = OrganisationField()
    organisation_type = forms.ChoiceField(
        label=_("Kind of organisation"), choices=[PLEASE_CHOOSE, *OrganisationType.choices]
    )
    country = forms.ChoiceField(label=_("Country where you work"))
    contact = AddressField(label=_("Your own email address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    together = forms.TypedChoiceField(
        label=_("If there are not enough places"),
        choices=[
            ("", _("Register as many as possible; put the others on the waiting list")),
            ("all", _("All of us or none")),
        ],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]  # any value is allowed, like that of `coerce`
        required=False,
        widget=forms.RadioSelect,
    )

    def group(self, seminar: Seminar) -> RegistrationGroup:
        """The group, not saved."""
        answers = {name: self.cleaned_data[name] for name in ("organisation", "contact", "together")}
        return RegistrationGroup(seminar=seminar, **answers)

    def member(self, seminar: Seminar, colleague: Colleague) -> Registration:
        """One colleague as a registration that is not saved."""
        shared = {name: self.cleaned_data[name] for name in ("organisation", "organisation_type")}
        return Registration(seminar=seminar, country_id=self.cleaned_data["country"], **shared, **colleague)


class Colleague(TypedDict):
    """The clean data of a colleague of a group."""

    name: str
    email: str
    profession: str
    language: str


class ColleagueForm(ExplainedForm):
    """One colleague of a group."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[validate_person_name])
    email = AddressField(label=_("Email address"), max_length=254)
    profession = forms.ChoiceField(label=_("Profession"), choices=[PLEASE_CHOOSE, *Profession.choices])
    language = forms.ChoiceField(
        label=pgettext_lazy("of somebody's mails", "Language"),
        choices=[("", _("Language of this page")), *settings.LANGUAGES],
        required=False,
        widget=LanguageSelect,
    )

    def clean_language(self) -> str:
        """The language of the page unless another one is chosen."""
        return self.cleaned_data["language"] or interface_language()


class ColleagueFormSet(forms.BaseFormSet):
    """Up to `MAX_COLLEAGUES` colleagues. Empty rows do not count."""

    @property
    def colleagues(self) -> list[Colleague]:
        """The clean data of the rows that are not empty."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    @property
    def sharing(self) -> list[list[Colleague]]:
        """Groups of people whose mail arrives at one address. They may be one person."""
        groups: dict[str, list[Colleague]] = {}
        for colleague in self.colleagues:
            groups.setdefault(mailbox_key(colleague["email"]), []).append(colleague)
        return [group for group in groups.values() if len(group) > 1]

    def clean(self) -> None:
        """Require at least one person, and each once."""
        if any(self.errors):
            return
        pairs: list[tuple[str, str]] = []
        for form in self.forms:
            if not form.has_changed():
                continue
            pair = form.cleaned_data["name"], form.cleaned_data["email"]
            if any(is_same_person(pair, earlier) for earlier in pairs):
                form.add_error("name", _("This person appears twice."))
            pairs.append(pair)
        if not pairs:
            raise forms.ValidationError(_("Please name at least one person."))


def colleague_formset(data: MultiValueDict[str, str] | None = None, *, additional: int = 0) -> ColleagueFormSet:
    """The rows for colleagues, with `additional` rows more than in `data`."""
    formset_class = forms.formset_factory(
        ColleagueForm, formset=ColleagueFormSet, extra=3, max_num=MAX_COLLEAGUES, absolute_max=20
    )
    if data is None:
        return cast("ColleagueFormSet", formset_class(prefix="who"))
    if additional:
        data = data.copy()
        rows = read_digits(data.get("who-TOTAL_FORMS", ""))
        rows = 3 if rows is None else rows
        data["who-TOTAL_FORMS"] = str(min(rows + additional, MAX_COLLEAGUES))
    return cast("ColleagueFormSet", formset_class(data, prefix="who"))
