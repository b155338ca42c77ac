"""What the activities of a grant are, for coordinators. Days and states come from the workspace."""

from __future__ import annotations

from django.contrib import admin

from partners.activities.models import Activity
from partners.directory.admin import PartnersAdmin


@admin.register(Activity)
class ActivityAdmin(PartnersAdmin):
    """Activities as planned."""

    list_display = ["code", "title_en", "package", "organisation", "planned_from", "planned_to", "state"]
    list_select_related = ["package", "organisation"]
    list_filter = ["state", "kind", "package__grant"]
    autocomplete_fields = ["package", "organisation"]
    search_fields = ["code", "title_en"]
