"""Forms for planning, changing and copying seminars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, cast

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.directory.models import Country, Organisation
from partners.memberships.rules import coordinates
from trainings.evaluation.models import Questionnaire
from trainings.planning.actions import numbered_slug, proposed_texts
from trainings.planning.errors import QuestionnaireAnswered
from trainings.planning.states import SeminarPart
from trainings.registrations.states import Stage
from trainings.seminars.models import Seminar
from trainings.seminars.rules import organisations_of_trainer
from trainings.seminars.states import Profession
from victor.forms.fields import DateField, WholeNumberField, typed_formfield
from victor.languages import content_language
from victor.publishing.forms import NamedChoiceField, TitledChoiceField
from victor.schedules.fields import LocalDateTimeField, read_local_times, to_local_times

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack

    from django.db.models import QuerySet

    from victor.accounts.models import User
    from victor.publishing.forms import FormData, FormFiles, ModelFormOptions

WINDOW_FIELDS = ("opens", "closes")
RESERVED_SLUGS = {"courses"}  # that address is the list of courses
MAX_COPIES, MAX_WEEKS = 26, 52
MAX_DAYS_AHEAD = 10 * 366
SLUG_LENGTH: int = Seminar._meta.get_field("slug").max_length or 0


class People(TypedDict):
    """Those who look after a seminar."""

    trainers: list[User]
    helpers: list[User]


class ColleaguesField(forms.ModelMultipleChoiceField):
    """A choice of people with an account, as checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class SeminarForm(forms.ModelForm):
    """A seminar. Times are typed in the time zone of its country."""

    opens = LocalDateTimeField(label=_("registration opens"), help_text=_("Local time in the country of the seminar"))
    closes = LocalDateTimeField(label=_("registration closes"))
    professions = forms.MultipleChoiceField(
        label=_("professions"),
        help_text=_("Who it is for. Leave empty for everyone"),
        required=False,
        choices=Profession,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Seminar
        fields = ["slug", "country", "seats", "professions", "opens", "closes"]
        formfield_callback = typed_formfield

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, files, **options)
        if self.instance.pk:
            window = {name: getattr(self.instance, name) for name in WINDOW_FIELDS}
            self.initial = {**self.initial, **to_local_times(window, self.instance.zone)}

    def clean_slug(self) -> str:
        """Refuse the address of another page."""
        return validate_slug(self.cleaned_data["slug"])

    def clean_seats(self) -> int:
        """Refuse fewer seats than are taken or offered."""
        seats: int = self.cleaned_data["seats"]
        taken = self.instance.registrations.seated().count() if self.instance.pk else 0
        if seats < taken:
            raise forms.ValidationError(
                ngettext("%(number)s place is already taken.", "%(number)s places are already taken.", taken)
                % {"number": taken}
            )
        return seats

    def clean_test(self) -> Questionnaire | None:
        """Refuse another questionnaire once somebody has answered."""
        test: Questionnaire | None = self.cleaned_data["test"]
        if self.instance.pk and "test" in self.changed_data and self.instance.responses.exists():
            raise forms.ValidationError(str(QuestionnaireAnswered.text))
        return test

    def clean(self) -> dict[str, object]:
        """Read the times in the time zone of the country."""
        cleaned = super().clean() or self.cleaned_data
        country = cleaned.get("country")
        read_local_times(self, cleaned, WINDOW_FIELDS, country and country.time_zone)
        return cleaned


class PlanSeminarForm(SeminarForm):
    """A seminar as its trainers plan it, with the first texts, which editors review and publish."""

    title = forms.CharField(label=_("title"), max_length=120)
    summary = forms.CharField(label=_("summary"), max_length=300, widget=forms.Textarea({"rows": 3}))
    place = forms.CharField(label=_("exact place"), max_length=200, required=False)
    online = forms.URLField(
        label=_("online address"),
        help_text=_("Link sent to people who have a place; starts with https://"),
        required=False,
        assume_scheme="https",
    )
    trainers = ColleaguesField(None, label=_("trainers"), required=False)
    helpers = ColleaguesField(
        None, label=_("helpers"), required=False, help_text=_("They check people in and cannot see anything else")
    )

    class Meta:
        model = Seminar
        fields = [  # not the texts: what a form writes into them is public
            *("organisation", "course", "language", "country", "online", "slug"),
            *("professions", "seats", "opens", "closes", "needs_approval", "offer_hours"),
            *("test", "needs_test", "share", "trainers", "helpers"),
        ]
        field_classes = {"organisation": NamedChoiceField, "country": NamedChoiceField, "course": TitledChoiceField}
        formfield_callback = typed_formfield

    field_order = ("organisation", "course", "language", "title", "summary", "country", "place", "online", "slug")

    def __init__(self, data: FormData = None, *, by: User, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, **options)
        own = Organisation.objects.filter(pk=self.instance.organisation_id)  # also one that has left since
        hosts = (Organisation.objects.present() | own).for_listing()
        hosts = hosts if coordinates(by) else hosts.filter(pk__in=organisations_of_trainer(by))
        people = get_user_model().objects.filter(is_active=True, memberships__organisation__in=hosts).order_by("name")
        self._choice_field("organisation").queryset = hosts
        self._choice_field("country").queryset = Country.objects.order_by("position")
        self._choice_field("test").queryset = Questionnaire.objects.filter(stages__contains=[Stage.BEFORE])
        for name in ("trainers", "helpers"):
            self._choice_field(name).queryset = people.distinct()
        self._set_initial(hosts, by)

    def _choice_field(self, name: str) -> forms.ModelChoiceField:
        return cast("forms.ModelChoiceField", self.fields[name])

    def _set_initial(self, hosts: QuerySet[Organisation], by: User) -> None:
        """Remove the fields that trainers cannot change: the address, and texts that editors have worked on."""
        proposed = proposed_texts(self.instance)
        if self.instance.pk:
            del self.fields["slug"]
            if not proposed:
                for name in ("title", "summary", "place"):
                    del self.fields[name]
            self.initial = {**self.initial, **(proposed.fields if proposed else {})}
        elif len(hosts) == 1:
            host = hosts[0]
            defaults = {"organisation": host, "country": host.country, "language": content_language(by.language)}
            self.initial = {**self.initial, **defaults}
        trainers = cast("QuerySet[User]", self._choice_field("trainers").queryset)
        if not self.instance.pk and trainers.filter(pk=by.pk).exists():
            self.initial = {**self.initial, "trainers": [by.pk]}

    @property
    def people(self) -> People:
        """The trainers and helpers that were chosen, and earlier ones who are not among the choices of this trainer."""
        return {"trainers": self._people("trainers"), "helpers": self._people("helpers")}

    def _people(self, name: str) -> list[User]:
        earlier = getattr(self.instance, name).all() if self.instance.pk else get_user_model().objects.none()
        choices = cast("QuerySet[User]", self._choice_field(name).queryset)
        return [*self.cleaned_data[name], *earlier.exclude(pk__in=choices.order_by().values_list("pk", flat=True))]

    @property
    def texts(self) -> dict[str, str]:
        """The texts that were typed, by the name of the field."""
        return {name: self.cleaned_data[name] for name in ("title", "summary", "place") if name in self.fields}


class CopySeminarForm(forms.Form):
    """When copies of a seminar begin, and which parts they have."""

    first_day = DateField(label=_("First day"))
    slug = forms.SlugField(
        label=_("Web address"), max_length=SLUG_LENGTH, help_text=_("Latin letters; used in the web address")
    )
    times = WholeNumberField(label=_("How many times"), min_value=1, max_value=MAX_COPIES, initial=1)
    weeks = WholeNumberField(label=_("Interval in weeks"), min_value=1, max_value=MAX_WEEKS, initial=1)
    parts = forms.MultipleChoiceField(
        label=_("What to copy"),
        choices=SeminarPart,
        initial=SeminarPart.values,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_first_day(self) -> date:
        """Refuse a day in the past, and one so far ahead that the year is probably mistyped."""
        day: date = self.cleaned_data["first_day"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This date is in the past."))
        if (day - today).days > MAX_DAYS_AHEAD:
            raise forms.ValidationError(_("This date is too far ahead. Please check the year."))
        return day

    def clean(self) -> dict[str, object]:
        """Refuse addresses that exist, or that are too long with the number of a copy."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.keys() >= {"slug", "times"}:
            slugs = [numbered_slug(validate_slug(cleaned["slug"]), number) for number in range(cleaned["times"])]
            if len(slugs[-1]) > SLUG_LENGTH:
                self.add_error("slug", _("Please use a shorter web address: each copy gets a number at the end."))
                return cleaned
            taken = Seminar.objects.filter(slug__in=slugs).values_list("slug", flat=True)
            if taken:
                self.add_error("slug", _("Already used: %(addresses)s") % {"addresses": ", ".join(taken)})
        return cleaned


def validate_slug(slug: str) -> str:
    """Return the slug, or refuse it if it is the address of another page."""
    if slug in RESERVED_SLUGS:
        raise forms.ValidationError(_("Another page already uses this web address."))
    return slug
