"""The funder's notice, and the frame of a grant, for coordinators to edit."""

from __future__ import annotations

from django.contrib import admin
from modeltranslation.admin import TabbedTranslationAdmin

from partners.directory.admin import PartnersAdmin
from partners.grants.models import FunderNotice, Grant, WorkPackage
from victor.audit.recorded_admin import RecordedAdmin


@admin.register(FunderNotice)
class FunderNoticeAdmin(RecordedAdmin, TabbedTranslationAdmin):
    """The sentences on the European Union's support."""

    list_display = ["statement_en", "agreement_number", "valid_from", "valid_to"]


@admin.register(Grant)
class GrantAdmin(PartnersAdmin):
    """What a funder pays for."""

    list_display = ["title_en", "code", "programme", "starts_on", "ends_on", "state"]
    autocomplete_fields = ["accounts_keeper"]
    search_fields = ["key", "code", "title_en"]


@admin.register(WorkPackage)
class WorkPackageAdmin(PartnersAdmin):
    """Parts of a grant."""

    list_display = ["code", "title_en", "grant", "lead"]
    list_select_related = ["grant", "lead"]
    list_filter = ["grant"]
    autocomplete_fields = ["lead", "partners"]
    search_fields = ["code", "title_en"]
