"""Indicators, periods and targets of grants, for coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin

from partners.directory.admin import PartnersAdmin
from partners.targets.models import IndicatorTarget, Period, PlannedValue
from victor.audit.recorded_admin import RecordedAdmin
from victor.indicators.declarations import FIGURES

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, FormFiles, ModelFormOptions


class IndicatorTargetForm(forms.ModelForm):
    """The figure is chosen among those that the site counts."""

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, files, **options)
        if "indicator" in self.fields:
            choices = [("", "---------"), *((figure.key, figure.name) for figure in FIGURES.values())]
            self.fields["indicator"].widget = forms.Select(choices=choices)


@admin.register(IndicatorTarget)
class IndicatorTargetAdmin(PartnersAdmin):
    """What a grant is measured by."""

    form = IndicatorTargetForm
    list_display = ["title_en", "grant", "unit", "indicator", "across_time", "across_places"]
    list_select_related = ["grant"]
    list_filter = ["grant"]
    autocomplete_fields = ["grant"]
    search_fields = ["title_en"]


@admin.register(Period)
class PeriodAdmin(RecordedAdmin):
    """Periods of grants."""

    list_display = ["first_on", "last_on", "due_on", "grant", "state"]
    list_select_related = ["grant"]
    list_filter = ["grant", "state"]
    autocomplete_fields = ["grant"]
    search_fields = ["grant__title_en"]
    show_full_result_count = False


@admin.register(PlannedValue)
class PlannedValueAdmin(RecordedAdmin):
    """What is planned for a period, and who enters the value."""

    list_display = ["target", "period", "organisation", "number", "owner"]
    list_select_related = ["target", "period", "organisation", "owner"]
    list_filter = ["target__grant", "period"]
    autocomplete_fields = ["target", "period", "organisation", "owner"]
    search_fields = ["target__title_en"]
    show_full_result_count = False
