"""Events in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.events.forms import EventForm
from campaigns.events.models import Event
from victor.publishing.admin import PublishableAdmin


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    """When and where an event takes place. Its texts are written in the workspace."""

    form = EventForm
    fields = ["slug", "campaign", "organisation", "country", "starts", "ends", "online", "cancelled"]
    list_display = ["slug", "title_en", "campaign", "country", "begins", "cancelled", "public_in"]
    list_filter = ["country", "campaign", "cancelled"]
    list_select_related = ["campaign", "country"]
    ordering = ["-starts", "slug"]
    autocomplete_fields = ["organisation"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @admin.display(description=_("begins"), ordering="starts")
    def begins(self, event: Event) -> str:
        """The start in the event's time zone."""
        return f"{event.local_starts:%Y-%m-%d %H:%M}"
