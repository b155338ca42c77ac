from __future__ import annotations

from django.contrib import admin

from desks.desk.forms import DeskForm
from desks.desk.models import Closure, Desk, OpeningHours
from victor.publishing.admin import PublishableAdmin


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 0


class ClosureInline(admin.TabularInline):
    model = Closure
    extra = 0


@admin.register(Desk)
class DeskAdmin(PublishableAdmin):
    """The facts of a desk. Its texts are written, and its keys given, in the workspace."""

    form = DeskForm
    fields = [
        *("slug", "organisation", "country", "languages", "services", "address", "outreach"),
        *("takes_reports", "takes_files", "is_fallback"),
        *("triage_hours", "answer_hours", "danger_minutes", "escalation_minutes"),
    ]
    list_display = ["slug", "title_en", "organisation", "country", "takes_reports", "public_in"]
    list_filter = ["country", "takes_reports"]
    list_select_related = ["organisation", "country"]
    autocomplete_fields = ["organisation"]
    inlines = [OpeningHoursInline, ClosureInline]
