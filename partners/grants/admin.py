"""The funder's notice, for coordinators to edit."""

from __future__ import annotations

from django.contrib import admin
from modeltranslation.admin import TabbedTranslationAdmin

from partners.grants.models import FunderNotice
from victor.audit.recorded_admin import RecordedAdmin


@admin.register(FunderNotice)
class FunderNoticeAdmin(RecordedAdmin, TabbedTranslationAdmin):
    """The sentences on the European Union's support."""

    list_display = ["statement_en", "agreement_number", "valid_from", "valid_to"]
