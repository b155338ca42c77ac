"""The form that asks for a report."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from victor.reporting.report.states import ReportFormat


class ReportForm(forms.Form):
    """In which language, and in which format."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    file_format = forms.ChoiceField(label=_("Format"), choices=ReportFormat)
