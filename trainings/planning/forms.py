from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.directory.models import Country, Organisation
from partners.memberships.rules import coordinates
from trainings.attendance.models import Attendance
from trainings.evaluation.models import Questionnaire
from trainings.planning.actions import numbered_slug, proposed_texts
from trainings.planning.errors import QuestionnaireAnswered
from trainings.planning.states import SeminarPart
from trainings.registrations.states import Stage
from trainings.seminars.courses import Module
from trainings.seminars.models import Seminar, Session
from trainings.seminars.rules import organisations_of_trainer
from trainings.seminars.states import Profession
from victor.languages import local_text
from victor.publishing.forms import NamedChoiceField
from victor.schedules.fields import LocalDateTimeField, read_local_times, to_local_times

WINDOW_FIELDS, SPAN_FIELDS = ("opens", "closes"), ("starts", "ends")
RESERVED_SLUGS = {"courses"}  # that address is the list of courses
MAX_COPIES, MAX_WEEKS = 26, 52
MAX_DAYS_AHEAD = 10 * 366
SLUG_LENGTH = Seminar._meta.get_field("slug").max_length
PROFESSION_CHOICES = {"choices": Profession, "widget": forms.CheckboxSelectMultiple}


class TitledChoiceField(NamedChoiceField):
    """A choice among things that have a title in each language."""

    def label_from_instance(self, obj: Any) -> str:
        """In the reader's language, the address where it has no text yet."""
        return local_text(obj, "title").text or obj.slug


class ColleaguesField(forms.ModelMultipleChoiceField):
    """Who of those who have an account."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class SeminarForm(forms.ModelForm):
    """A seminar, with the window of registration as the clocks show it in its country."""

    opens = LocalDateTimeField(label=_("registration opens"), help_text=_("Local time in the country of the seminar"))
    closes = LocalDateTimeField(label=_("registration closes"))
    professions = forms.MultipleChoiceField(
        label=_("professions"),
        help_text=_("Who it is for. Leave empty for everyone"),
        required=False,
        **PROFESSION_CHOICES,
    )

    class Meta:
        model = Seminar
        fields = ["slug", "country", "seats", "professions", "opens", "closes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= to_local_times(
                {name: getattr(self.instance, name) for name in WINDOW_FIELDS}, self.instance.zone
            )

    def clean_slug(self) -> str:
        """Refuse an address that is another page's."""
        return validate_slug(self.cleaned_data["slug"])

    def clean_seats(self) -> int:
        """Refuse fewer than are somebody's."""
        seats: int = self.cleaned_data["seats"]
        taken = self.instance.registrations.seated().count() if self.instance.pk else 0
        if seats < taken:
            raise forms.ValidationError(
                ngettext("%(number)s place is already taken.", "%(number)s places are already taken.", taken)
                % {"number": taken}
            )
        return seats

    def clean_test(self) -> Questionnaire | None:
        """Refuse other questions after the seminar than somebody has answered before."""
        test: Questionnaire | None = self.cleaned_data["test"]
        if self.instance.pk and "test" in self.changed_data and self.instance.responses.exists():
            raise forms.ValidationError(str(QuestionnaireAnswered.text))
        return test

    def clean(self) -> dict[str, Any]:
        """Read the times from the clocks of the country."""
        cleaned = super().clean() or self.cleaned_data
        country = cleaned.get("country")
        read_local_times(self, cleaned, WINDOW_FIELDS, country and country.time_zone)
        return cleaned


class PlanSeminarForm(SeminarForm):
    """A seminar as its trainers write it, with the first words that editors look at and make public."""

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

    field_order = ("organisation", "course", "language", "title", "summary", "country", "place", "online", "slug")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = Organisation.objects.for_listing()
        hosts = hosts if coordinates(by) else hosts.filter(pk__in=organisations_of_trainer(by))
        people = get_user_model().objects.filter(is_active=True, memberships__organisation__in=hosts).order_by("name")
        self.fields["organisation"].queryset = hosts
        self.fields["country"].queryset = Country.objects.order_by("position")
        self.fields["test"].queryset = Questionnaire.objects.filter(stages__contains=[Stage.BEFORE])
        for name in ("trainers", "helpers"):
            self.fields[name].queryset = people.distinct()
        self._begin(hosts, by)

    def _begin(self, hosts: Any, by: Any) -> None:
        """Texts that editors have taken up are theirs, and so is an address that exists."""
        written = proposed_texts(self.instance)
        if self.instance.pk:
            del self.fields["slug"]
            if not written:
                for name in ("title", "summary", "place"):
                    del self.fields[name]
            self.initial |= written.fields if written else {}
        elif len(hosts) == 1:
            self.initial |= {"organisation": hosts[0], "country": hosts[0].country, "language": by.language}

    @property
    def people(self) -> dict[str, list[Any]]:
        """Trainers and helpers as chosen, with those whom others have set and who are not among the choices here."""
        return {name: [*self.cleaned_data[name], *self._unseen(name)] for name in ("trainers", "helpers")}

    def _unseen(self, name: str) -> Any:
        known = getattr(self.instance, name).all() if self.instance.pk else get_user_model().objects.none()
        return known.exclude(pk__in=self.fields[name].queryset.order_by().values("pk"))

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by name."""
        return {name: self.cleaned_data[name] for name in ("title", "summary", "place") if name in self.fields}


class SessionForm(forms.ModelForm):
    """A session, with its times as the clocks show them in the seminar's country."""

    starts = LocalDateTimeField(label=_("begins"))
    ends = LocalDateTimeField(label=_("ends"))

    class Meta:
        model = Session
        fields = ["starts", "ends", "modules"]
        widgets = {"modules": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, zone: Any, modules: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["modules"].choices = modules
        if self.instance.pk and zone:
            self.initial |= to_local_times({name: getattr(self.instance, name) for name in SPAN_FIELDS}, zone)

    def clean(self) -> dict[str, Any]:
        """Read the times from the clocks of the country."""
        cleaned = super().clean() or self.cleaned_data
        read_local_times(self, cleaned, SPAN_FIELDS, self.zone and self.zone.key)
        return cleaned


class SessionFormSet(forms.BaseInlineFormSet):
    """The sessions of a seminar."""

    @cached_property
    def modules(self) -> list[tuple[Any, str]]:
        """All modules, asked once for all sessions."""
        return [(each.pk, f"{each.number}. {local_text(each, 'title')}") for each in Module.objects.all()]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        zone = self.instance.zone if self.instance.country_id else None
        return super().get_form_kwargs(index) | {"zone": zone, "modules": self.modules}

    def clean(self) -> None:
        """Nobody registers for what is over, and what somebody was at stays."""
        super().clean()
        ends = [form.instance.ends for form in self.forms if form.instance.ends and form not in self.deleted_forms]
        if ends and self.instance.closes and self.instance.closes > max(ends):
            raise forms.ValidationError(_("Registration has to close before the seminar ends."))
        gone = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        if Attendance.objects.filter(session__in=gone).exists():
            raise forms.ValidationError(_("Someone attended a session that you want to remove."))

    @property
    def kept(self) -> list[tuple[Session, Any]]:
        """Each session that was typed or is there, with its modules."""
        forms = [each for each in self.forms if each not in self.deleted_forms and each.instance.ends]
        return [(form.instance, form.cleaned_data["modules"]) for form in forms]

    @property
    def removed(self) -> list[Session]:
        """Sessions that are to fall away."""
        return [form.instance for form in self.deleted_forms if form.instance.pk]


SeminarSessionFormSet = forms.inlineformset_factory(
    Seminar, Session, SessionForm, SessionFormSet, extra=1, min_num=1, validate_min=True
)


class CopySeminarForm(forms.Form):
    """When a seminar is held again, and what the copies take over."""

    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    slug = forms.SlugField(
        label=_("Web address"), max_length=SLUG_LENGTH, help_text=_("Latin letters; used in the web address")
    )
    times = forms.IntegerField(label=_("How many times"), min_value=1, max_value=MAX_COPIES, initial=1)
    weeks = forms.IntegerField(label=_("Interval in weeks"), min_value=1, max_value=MAX_WEEKS, initial=1)
    parts = forms.MultipleChoiceField(
        label=_("What to copy"),
        choices=SeminarPart,
        initial=SeminarPart.values,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_first_day(self) -> Any:
        """Refuse a day that is over, and a year that was mistyped: the calendar ends at some time."""
        day, today = self.cleaned_data["first_day"], timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This date is in the past."))
        if (day - today).days > MAX_DAYS_AHEAD:
            raise forms.ValidationError(_("This date is too far ahead. Please check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse addresses that are taken, or too long with the number of a copy."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.keys() >= {"slug", "times"}:
            asked = [numbered_slug(validate_slug(cleaned["slug"]), number) for number in range(cleaned["times"])]
            if len(asked[-1]) > SLUG_LENGTH:
                self.add_error("slug", _("Please use a shorter web address: each copy gets a number at the end."))
                return cleaned
            taken = Seminar.objects.filter(slug__in=asked).values_list("slug", flat=True)
            if taken:
                self.add_error("slug", _("Already used: %(addresses)s") % {"addresses": ", ".join(taken)})
        return cleaned


def validate_slug(slug: str) -> str:
    """The address, if no page of another kind has it."""
    if slug in RESERVED_SLUGS:
        raise forms.ValidationError(_("Another page already uses this web address."))
    return slug
