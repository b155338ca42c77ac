from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.desk.states import Service


class DeskForm(forms.ModelForm):
    """The facts of a desk, with its languages and services to be ticked."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=settings.CONTENT_LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    services = forms.MultipleChoiceField(
        label=_("services"), choices=Service, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Desk
        fields = ["languages", "services"]
