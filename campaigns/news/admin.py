"""News in the admin."""

from __future__ import annotations

from django.contrib import admin

from campaigns.news.models import News
from victor.publishing.admin import PublishableAdmin


@admin.register(News)
class NewsAdmin(PublishableAdmin):
    """The dates of news. Texts are written in the workspace."""

    fields = ["slug", "campaign", "date"]
    list_display = ["slug", "title_en", "campaign", "date", "public_in"]
    list_filter = ["campaign"]
    list_select_related = ["campaign"]
