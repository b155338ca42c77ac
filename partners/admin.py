"""What coordinators edit."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.resources import Diff, ModelResource
from modeltranslation.admin import TabbedTranslationAdmin

from partners.actions import confirm_help_line, withdraw
from partners.forms import LogoField, MembershipForm
from partners.models import (
    ContactPoint,
    Country,
    CountryPart,
    HelpLine,
    Membership,
    Network,
    NetworkMember,
    Organisation,
)
from partners.querysets import HelpLineQuerySet
from victor.publishing.languages import CODES, columns


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


class HelpLineResource(PlainResource):
    """Help lines as a spreadsheet, found again by their key."""

    class Meta:
        model = HelpLine
        import_id_fields = ["key"]
        fields = ["key", "country", "purpose", "number", "dial", "hours", "opens", "closes", "free", "reachable_from"]
        fields += ["source", "confidence", "last_checked", "check_precision", "publish", "position"]
        fields += columns("name", "operator")
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


@admin.register(HelpLine)
class HelpLineAdmin(ImportExportMixin, PartnersAdmin):
    resource_classes = [HelpLineResource]
    export_form_class = ExportForm
    list_display = ["number", "country", "purpose", "name_en", "confidence", "publish", "last_checked", "checked_by"]
    list_filter = ["country", "purpose", "publish", "confidence"]
    list_select_related = ["country", "checked_by"]
    search_fields = ["key", "number", "dial", *columns("name", "operator")]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["checked_by"]
    actions = ["confirm"]

    @admin.action(description=_("Confirm: checked with the operator today"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: HelpLineQuerySet) -> None:
        for line in queryset:
            confirm_help_line(line, by=request.user)
        text = ngettext("%(count)d line is confirmed.", "%(count)d lines are confirmed.", len(queryset))
        messages.success(request, text % {"count": len(queryset)})


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


@admin.register(ContactPoint)
class ContactPointAdmin(admin.ModelAdmin):
    list_display = ["name", "organisation", "job_title", "phone", "email"]
    list_select_related = ["organisation"]
    search_fields = ["name", "email", *(f"organisation__{name}" for name in columns("name"))]
    autocomplete_fields = ["organisation"]
    show_full_result_count = False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Roles come from invitations; here they are seen, and ended one by one. Only a translator's languages change."""

    form = MembershipForm
    list_display = ["user", "organisation", "role"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__name", "user__email"]
    readonly_fields = list_display
    fields = (*readonly_fields, "languages")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        withdraw(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for membership in queryset:
            withdraw(membership, by=request.user)
