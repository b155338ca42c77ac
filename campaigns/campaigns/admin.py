"""Messages and important days in the admin. Campaigns are in `reach`, with their targets."""

from __future__ import annotations

from django.contrib import admin

from campaigns.campaigns.models import ImportantDay, Message
from victor.publishing.admin import PublishableAdmin


@admin.register(Message)
class MessageAdmin(PublishableAdmin):
    """The audiences of a campaign. Texts are written in the workspace."""

    fields = ["slug", "campaign", "audience"]
    list_display = ["slug", "title_en", "campaign", "audience", "public_in"]
    list_filter = ["campaign", "audience"]
    list_select_related = ["campaign"]


@admin.register(ImportantDay)
class ImportantDayAdmin(PublishableAdmin):
    """The dates of important days. Texts are written in the workspace."""

    fields = ["slug", "month", "day"]
    list_display = ["slug", "title_en", "month", "day", "public_in"]
