"""Countries, organisations and networks, for coordinators to edit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ExportForm
from import_export.resources import Diff
from modeltranslation.admin import TabbedTranslationAdmin

from partners.directory.forms import LogoField
from partners.directory.models import Country, CountryPart, Network, NetworkMember, Organisation
from partners.directory.spreadsheets import FORMATS, PRINTED, RoundTrip
from victor.audit.recorded_admin import RecordedAdmin, RecordedResource
from victor.languages import CODES, columns
from victor.publishing.printability import validate_printed, validate_signs

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PRESET_FORMAT = "xlsx"
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


class SpreadsheetExportForm(ExportForm):
    """Offers a workbook first. The form with a choice of columns would need inline scripts."""

    def _init_formats(self, formats: list[type[Format]]) -> None:
        super()._init_formats(formats)
        choices = [choice for choice in self.fields["format"].choices if choice[0]]
        self.fields["format"].choices = choices
        self.fields["format"].initial = next((value for value, title in choices if title == PRESET_FORMAT), "0")


@dataclass(frozen=True)
class Belonging:
    """A row that belongs to an organisation, in words."""

    row: models.Model
    words: str

    @property
    def url(self) -> str:
        """The path of its form."""
        options = self.row._meta
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[self.row.pk])


FindPage = Callable[[Organisation], str]
PAGES: list[tuple[StrOrPromise, FindPage]] = []


def offers_page(title: StrOrPromise) -> Callable[[FindPage], FindPage]:
    """Declare a page about an organisation, by its path: its form leads there."""

    def declare(find: FindPage) -> FindPage:
        PAGES.append((title, find))
        return find

    return declare


FindBelongings = Callable[[Organisation], list[Belonging]]
BELONGINGS: list[tuple[StrOrPromise, type[models.Model], FindBelongings]] = []


def lists_belongings(heading: StrOrPromise, *, model: type[models.Model]) -> Callable[[FindBelongings], FindBelongings]:
    """Declare what belongs to an organisation: its form shows links to these rows."""

    def declare(find: FindBelongings) -> FindBelongings:
        BELONGINGS.append((heading, model, find))
        return find

    return declare


@admin.register(Organisation)
class OrganisationAdmin(ImportExportMixin, PartnersAdmin):
    is_counted = True
    resource_classes = [OrganisationResource]
    formats = FORMATS
    export_form_class = SpreadsheetExportForm
    list_display = ["name_en", "category", "membership", "country", "position", "languages"]
    list_filter = ["category", "membership", "country"]
    list_select_related = ["country"]
    search_fields = ["slug", "native_name", *columns("name", "present_name")]
    ordering = ["position", "pk"]
    formfield_overrides = PartnersAdmin.formfield_overrides | {models.ImageField: {"form_class": LogoField}}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Organisation | None = None,
    ) -> HttpResponse:
        """The form, with what belongs to the organisation and is edited elsewhere, and pages about it."""
        if obj is not None:
            context["belongings"] = [
                {"heading": heading, "rows": find(obj), "add_url": self._add_url(request, model)}
                for heading, model, find in BELONGINGS
            ]
            context["pages"] = [(title, find(obj)) for title, find in PAGES]
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def _add_url(self, request: HttpRequest, model: type[models.Model]) -> str:
        options = model._meta
        may_add = self.admin_site.get_model_admin(model).has_add_permission(request)
        return reverse(f"admin:{options.app_label}_{options.model_name}_add") if may_add else ""

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
