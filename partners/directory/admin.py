"""Countries, organisations and networks, for coordinators to edit."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.resources import Diff, ModelResource
from import_export.widgets import DateWidget, IntegerWidget
from modeltranslation.admin import TabbedTranslationAdmin

from partners.directory.forms import LogoField
from partners.directory.models import Country, CountryPart, Network, NetworkMember, Organisation
from victor.forms.fields import DateField, WholeNumberField
from victor.languages import CODES, columns

INTEGER_FIELDS = ("IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField")


class PlainDiff(Diff):
    """What an import would change. The content security policy forbids style attributes, so they are removed."""

    def as_html(self) -> list[SafeString]:
        cells = [re.sub(r"<(ins|del) style=[^>]*>", r"<\1>", cell) for cell in super().as_html()]
        return [mark_safe(cell) for cell in cells]  # noqa: S308 - the library has escaped the texts


class TypedIntegerWidget(IntegerWidget):
    """A whole number of a spreadsheet, read as one that is typed. The preview shows it back."""

    def clean(self, value: object, row: object = None, **options: object) -> int | None:
        return cast("int | None", _read_cell(WholeNumberField(required=False), value))


class TypedDateWidget(DateWidget):
    """A day of a spreadsheet, read as one that is typed. The preview shows it back."""

    def clean(self, value: object, row: object = None, **options: object) -> date | None:
        return cast("date | None", _read_cell(DateField(required=False), value))


def _read_cell(field: forms.Field, value: object) -> object:
    """What a form would read.

    Raises:
        ValueError: it cannot be read; the library shows these words beside the row.
    """
    try:
        return field.to_python(value)
    except forms.ValidationError as fault:
        raise ValueError(" ".join(fault.messages)) from fault


class PlainResource(ModelResource):
    """A resource whose previews need no inline style, and which reads numbers and dates as people write them."""

    WIDGETS_MAP = {
        **ModelResource.WIDGETS_MAP,
        **dict.fromkeys(INTEGER_FIELDS, TypedIntegerWidget),
        "DateField": TypedDateWidget,
    }

    def get_diff_class(self) -> type[Diff]:
        return PlainDiff


class OrganisationResource(PlainResource):
    """Organisations as a spreadsheet, with all languages in columns. A row is matched by its slug."""

    class Meta:
        model = Organisation
        import_id_fields = ["slug"]
        fields = ["slug", "category", "membership", "country", "website", "native_name", "native_language", "position"]
        fields += columns("name", "present_name", "city", "description")
        clean_model_instances = True
        use_transactions = True


class PartnersAdmin(TabbedTranslationAdmin):
    """Shows texts in tabs, one for each language. Lists do not count all rows."""

    show_full_result_count = False
    list_per_page = 50
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Organisation)
class OrganisationAdmin(ImportExportMixin, PartnersAdmin):
    resource_classes = [OrganisationResource]
    export_form_class = ExportForm  # the one with a choice of columns needs inline scripts
    list_display = ["name_en", "category", "membership", "country", "position", "languages"]
    list_filter = ["category", "membership", "country"]
    list_select_related = ["country"]
    search_fields = ["slug", "native_name", *columns("name", "present_name")]
    ordering = ["position", "pk"]
    formfield_overrides = PartnersAdmin.formfield_overrides | {models.ImageField: {"form_class": LogoField}}

    @admin.display(description=_("published in"))
    def languages(self, organisation: Organisation) -> str:
        return " ".join(code for code in CODES if getattr(organisation, f"description_{code}"))


class CountryPartInline(admin.TabularInline):
    model = CountryPart
    extra = 0


@admin.register(Country)
class CountryAdmin(PartnersAdmin):
    list_display = ["code", "name_en", "in_partnership", "time_zone", "position"]
    search_fields = ["code", *columns("name")]
    inlines = [CountryPartInline]


class NetworkMemberInline(admin.TabularInline):
    model = NetworkMember
    extra = 0


@admin.register(Network)
class NetworkAdmin(PartnersAdmin):
    list_display = ["name_en", "coordinator", "opened_on"]
    list_select_related = ["coordinator"]
    search_fields = ["slug", *columns("name")]
    autocomplete_fields = ["coordinator"]
    inlines = [NetworkMemberInline]
