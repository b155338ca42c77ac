from django.contrib import admin
from modeltranslation.admin import TabbedTranslationAdmin

from victor.pages.models import FunderNotice, Page
from victor.publishing.admin import PublishableAdmin


@admin.register(FunderNotice)
class FunderNoticeAdmin(TabbedTranslationAdmin):
    """What is said of the European Union's support."""

    list_display = ["statement_en", "agreement_number", "valid_from", "valid_to"]


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    """Where a page stands; its texts are written in the workspace."""

    fields = ["slug", "menu", "position"]
    list_display = ["slug", "title_en", "menu", "position", "public_in"]
    list_filter = ["menu"]
