"""What coordinators edit."""

from __future__ import annotations

import re

from django.contrib import admin
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.resources import Diff, ModelResource
from modeltranslation.admin import TabbedTranslationAdmin

from partners.directory.forms import LogoField
from partners.directory.models import Country, CountryPart, Network, NetworkMember, Organisation
from victor.languages import CODES, columns


class PlainDiff(Diff):
    """What an import would change, marked by elements alone: the policy of the site allows no style attributes."""

    def as_html(self) -> list[SafeString]:
        marked = super().as_html()
        plain = [re.sub(r"<(ins|del) style=[^>]*>", r"<\1>", each) for each in marked]
        return [mark_safe(each) for each in plain]  # noqa: S308 - texts are escaped in there: these are the library's


class PlainResource(ModelResource):
    """A resource whose previews need no inline style."""

    def get_diff_class(self) -> type[Diff]:
        return PlainDiff


class OrganisationResource(PlainResource):
    """Organisations as a spreadsheet: one row each, all languages in columns, found again by their slug."""

    class Meta:
        model = Organisation
        import_id_fields = ["slug"]
        fields = ["slug", "category", "membership", "country", "website", "native_name", "native_language", "position"]
        fields += columns("name", "present_name", "city", "description")
        clean_model_instances = True
        use_transactions = True


class PartnersAdmin(TabbedTranslationAdmin):
    """Texts in tabs, one a language; lists that do not count all rows."""

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
    list_display = ["name_en", "coordinator", "opened"]
    list_select_related = ["coordinator"]
    search_fields = ["slug", *columns("name")]
    autocomplete_fields = ["coordinator"]
    inlines = [NetworkMemberInline]
