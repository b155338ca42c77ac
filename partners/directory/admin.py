"""Countries, organisations and networks, for coordinators to edit."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.resources import Diff
from modeltranslation.admin import TabbedTranslationAdmin

from partners.directory.forms import LogoField
from partners.directory.models import Country, CountryPart, Network, NetworkMember, Organisation
from partners.directory.spreadsheets import FORMATS, PRINTED, RoundTrip
from victor.audit.recorded_admin import RecordedAdmin, RecordedResource
from victor.languages import CODES, columns
from victor.publishing.printability import validate_printed, validate_signs

INTEGER_FIELDS = ("IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField")


class PlainDiff(Diff):
    """What an import would change. The content security policy forbids style attributes, so they are removed."""

    def as_html(self) -> list[SafeString]:
        cells = [re.sub(r"<(ins|del) style=[^>]*>", r"<\1>", cell) for cell in super().as_html()]
        return [mark_safe(cell) for cell in cells]  # noqa: S308 - the library has escaped the texts


class PlainResource(RoundTrip, RecordedResource):
    """A resource whose previews need no inline style, and whose exports can be imported."""

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
        skip_unchanged = True


class PartnersAdmin(RecordedAdmin, TabbedTranslationAdmin):
    """Shows texts in tabs, one for each language. Lists do not count all rows. What is typed can be printed."""

    show_full_result_count = False
    list_per_page = 50
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """The form field of a model's field. Texts that no paper or feed can hold are refused here."""
        form_field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(form_field, forms.CharField):
            printed = [validate_printed] if PRINTED.fullmatch(db_field.name) else []
            form_field.validators = [*form_field.validators, validate_signs, *printed]
        return form_field


@admin.register(Organisation)
class OrganisationAdmin(ImportExportMixin, PartnersAdmin):
    resource_classes = [OrganisationResource]
    formats = FORMATS
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

    def get_readonly_fields(self, request: HttpRequest, obj: Country | None = None) -> list[str]:
        """A country keeps its page of help, since its emergency number is never hidden."""
        fixed = ["in_partnership"] if obj and obj.in_partnership else []
        return [*super().get_readonly_fields(request, obj), *fixed]


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
