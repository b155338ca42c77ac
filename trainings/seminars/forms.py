from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country
from trainings.seminars.courses import Course, Module
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.models import Seminar
from trainings.seminars.states import Profession, Track
from victor.files.errors import FileRefused
from victor.files.uploads import check_upload
from victor.publishing.forms import NamedChoiceField


class SeminarFilterForm(forms.Form):
    """Which seminars are shown; what cannot be read narrows nothing."""

    country = NamedChoiceField(Country.objects.none(), label=_("Country"), empty_label=_("All"), required=False)
    profession = forms.ChoiceField(label=_("Profession"), choices=[("", _("All")), *Profession.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Q(in_partnership=True) | Q(pk__in=Seminar.objects.published().values("country"))
        self.fields["country"].queryset = Country.objects.filter(held)
        languages = [(code, get_language_info(code)["name_translated"]) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = [("", _("All")), *languages]

    def narrow(self, seminars: Any) -> Any:
        """Those that are asked for; what is for all is for each profession."""
        self.full_clean()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if profession := asked.pop("profession", None):
            seminars = seminars.filter(Q(professions=[]) | Q(professions__contains=[profession]))
        return seminars.filter(**asked)

    @property
    def asked(self) -> dict[str, str]:
        """What the address asks for, as it would stand in another address."""
        values = {name: getattr(value, "pk", value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in values.items() if value}


class ModuleForm(forms.ModelForm):
    """A module, with its tracks to be ticked."""

    tracks = forms.MultipleChoiceField(label=_("target groups"), choices=Track, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Module
        fields = ["tracks"]


class CourseForm(forms.ModelForm):
    """A course, with its professions and languages to be ticked."""

    professions = forms.MultipleChoiceField(
        label=_("professions"), choices=Profession, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("languages"),
        help_text=_("Languages in which it can be held"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Course
        fields = ["professions", "languages"]


class MaterialForm(forms.ModelForm):
    """A file for a session."""

    class Meta:
        model = SessionMaterial
        fields = ["session", "name", "language", "file", "public"]
        widgets = {"file": forms.FileInput}

    def __init__(self, *args: Any, seminar: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seminar:
            self.fields["session"].queryset = seminar.sessions.select_related("seminar__country")
            self.fields["session"].empty_label = None
            self.initial = {"language": seminar.language} | self.initial

    def clean_file(self) -> Any:
        """Refuse what the site cannot hand on, with the reason."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            self.instance.format, file = check_upload(file)
        except FileRefused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
        self.instance.size = file.size
        return file
