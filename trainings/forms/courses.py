from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trainings.models import Course, Module, Questionnaire
from trainings.states import Profession, Stage, Track


class ModuleForm(forms.ModelForm):
    """A module, with its tracks to be ticked."""

    tracks = forms.MultipleChoiceField(label=_("tracks"), choices=Track, widget=forms.CheckboxSelectMultiple)

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
        help_text=_("In which it can be held"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Course
        fields = ["professions", "languages"]


class QuestionnaireForm(forms.ModelForm):
    """A questionnaire, with the moments at which it is asked to be ticked."""

    stages = forms.MultipleChoiceField(label=_("when it is asked"), choices=Stage, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Questionnaire
        fields = ["stages"]
