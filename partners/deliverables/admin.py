"""What a grant has to hand in, for coordinators. Versions and states come from the workspace."""

from __future__ import annotations

from django.contrib import admin

from partners.deliverables.models import Deliverable
from partners.directory.admin import PartnersAdmin


@admin.register(Deliverable)
class DeliverableAdmin(PartnersAdmin):
    """Deliverables as planned."""

    list_display = ["code", "title_en", "package", "due_on", "owner", "state"]
    list_select_related = ["package", "owner"]
    list_filter = ["state", "package__grant"]
    autocomplete_fields = ["package", "owner"]
    search_fields = ["code", "title_en"]
