"""Forms for finding seminars, and for editing courses, modules and materials."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.core.files import File
from django.db.models import Q
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country
from partners.directory.querysets import spoken_first
from trainings.seminars.courses import Course, Module
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from trainings.seminars.querysets import SeminarQuerySet
from trainings.seminars.states import Profession, Track
from victor.files.errors import FileRefused
from victor.files.uploads import check_upload
from victor.publishing.forms import NamedChoiceField

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, FormFiles, FormOptions, ModelFormOptions


class SeminarFilterForm(forms.Form):
    """Which seminars are shown. A value that makes no sense filters nothing."""

    country = NamedChoiceField(
        Country.objects.none(), label=_("Country"), empty_label=pgettext_lazy("countries", "All"), required=False
    )
    profession = forms.ChoiceField(
        label=_("Profession"), choices=[("", pgettext_lazy("professions", "All")), *Profession.choices], required=False
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        with_seminars = Q(in_partnership=True) | Q(pk__in=Seminar.objects.published().values("country"))
        country = cast("forms.ModelChoiceField", self.fields["country"])
        country.queryset = Country.objects.filter(with_seminars).order_by(spoken_first(), "position")
        languages = [(code, get_language_info(code)["name_translated"]) for code, _name in settings.CONTENT_LANGUAGES]
        cast("forms.ChoiceField", self.fields["language"]).choices = [
            ("", pgettext_lazy("languages", "All")),
            *languages,
        ]

    def filter_queryset(self, seminars: SeminarQuerySet) -> SeminarQuerySet:
        """The seminars that match. A seminar for all professions matches each of them."""
        self.full_clean()
        values = {name: value for name, value in self.cleaned_data.items() if value}
        if profession := values.pop("profession", None):
            seminars = seminars.filter(Q(professions=[]) | Q(professions__contains=[profession]))
        return seminars.filter(**values)

    @property
    def query(self) -> dict[str, str]:
        """The values that filter, as parameters of an address. Call `filter_queryset` first."""
        values = {name: getattr(value, "pk", value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in values.items() if value}


class ModuleForm(forms.ModelForm):
    """A module. The target groups are checkboxes."""

    tracks = forms.MultipleChoiceField(label=_("target groups"), choices=Track, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Module
        fields = ["tracks"]


class CourseForm(forms.ModelForm):
    """A course. Professions and languages are checkboxes."""

    professions = forms.MultipleChoiceField(
        label=_("professions"), choices=Profession, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("languages"),
        help_text=_("Languages in which it can be held"),
        choices=settings.CONTENT_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Course
        fields = ["professions", "languages"]


class MaterialForm(forms.ModelForm):
    """A file for a session of one seminar, or of any where no `seminar` is given."""

    class Meta:
        model = SessionMaterial
        fields = ["session", "name", "language", "file", "public"]
        widgets = {"file": forms.FileInput}

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        seminar: Seminar | None = None,
        **options: Unpack[ModelFormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        if seminar:
            session = cast("forms.ModelChoiceField", self.fields["session"])
            session.queryset = seminar.sessions.select_related("seminar__country")
            session.empty_label = None
            self.initial = {"language": seminar.language, **self.initial}

    def clean_file(self) -> File:
        """Return the file with its metadata removed. Refuse a file that is not safe to publish, with the reason."""
        file: File = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            self.instance.format, file = check_upload(file)
        except FileRefused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
        self.instance.size = file.size
        return file
