from __future__ import annotations

from django.contrib import admin

from victor.pages.models import Page
from victor.publishing.admin import PublishableAdmin


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    """Where a page stands; its texts are written in the workspace."""

    fields = ["slug", "menu", "position"]
    list_display = ["slug", "title_en", "menu", "position", "public_in"]
    list_filter = ["menu"]
