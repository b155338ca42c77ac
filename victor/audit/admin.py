from django.contrib import admin
from django.http import HttpRequest

from victor.audit.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """The audit log, to be read."""

    list_display = ["sequence", "at", "action", "actor", "object"]
    search_fields = ["action", "actor", "object"]
    readonly_fields = [*list_display, "details", "digest"]
    fields = tuple(readonly_fields)
    ordering = ["-sequence"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False
