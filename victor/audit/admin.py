"""The audit log, for coordinators to read."""

from django.contrib import admin
from django.http import HttpRequest

from victor.audit.models import Entry
from victor.audit.recorded_admin import RecordedAdmin
from victor.stored_names import describe_reference


@admin.register(Entry)
class EntryAdmin(RecordedAdmin):
    """The entries, which nobody changes here."""

    list_display = ["sequence", "at", "action", "actor", "described_object"]
    search_fields = ["action", "actor", "object"]
    readonly_fields = ["sequence", "at", "action", "actor", "object", "details", "digest"]
    fields = tuple(readonly_fields)
    ordering = ["-sequence"]
    show_full_result_count = False

    @admin.display(description=Entry._meta.get_field("object").verbose_name, ordering="object")
    def described_object(self, entry: Entry) -> str:
        """Old entries have the names of classes that are called something else today: show today's words."""
        return describe_reference(entry.object)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False
