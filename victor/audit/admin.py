"""The audit log, for coordinators to read: who did what to what, in words, with links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from victor.audit.models import Entry
from victor.audit.presenters import name_actors
from victor.audit.recorded_admin import RecordedAdmin
from victor.audit.states import deed_in_words
from victor.stored_names import describe_reference, model_of_reference, stored_name

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString


@admin.register(Entry)
class EntryAdmin(RecordedAdmin):
    """The entries, which nobody changes here."""

    is_searched_in_the_database = True
    list_display = ["at", "person", "deed", "described_object", "sequence"]
    list_display_links = ["sequence"]
    search_fields = ["action", "actor", "object"]
    readonly_fields = ["sequence", "at", "person", "deed", "described_object", "action", "actor", "object"]
    readonly_fields += ["details", "digest"]
    fields = tuple(readonly_fields)
    ordering = ["-sequence"]
    show_full_result_count = False

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list, with the names of the people of its page, loaded at once."""
        changes = super().get_changelist_instance(request)
        entries = list(changes.result_list)
        name_actors(entries)
        changes.result_list = entries
        return changes

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        """By code and reference, and by the name of a person."""
        entries, has_duplicates = super().get_search_results(request, queryset, search_term)
        people = get_user_model()._default_manager.filter(name__icontains=search_term) if search_term else []
        references = [f"{stored_name(get_user_model())}:{person.pk}" for person in people]
        return (entries | queryset.filter(actor__in=references)) if references else entries, has_duplicates

    @admin.display(description=Entry._meta.get_field("actor").verbose_name, ordering="actor")
    def person(self, entry: Entry) -> str:
        """The name of whoever did it, the portal's for what runs by itself."""
        if "actor_name" not in vars(entry):
            name_actors([entry])
        return str(vars(entry)["actor_name"])

    @admin.display(description=Entry._meta.get_field("action").verbose_name, ordering="action")
    def deed(self, entry: Entry) -> str:
        """What was done."""
        return deed_in_words(entry.action)

    @admin.display(description=Entry._meta.get_field("object").verbose_name, ordering="object")
    def described_object(self, entry: Entry) -> str | SafeString:
        """Old entries have the names of classes that are called something else today: show today's words."""
        words, url = describe_reference(entry.object), admin_url(entry.object)
        return format_html('<a href="{}">{}</a>', url, words) if url else words

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False


def admin_url(reference: str) -> str:
    """The path of the admin's page of what a reference names. Empty where it has none."""
    model = model_of_reference(reference)
    if model is None or not admin.site.is_registered(model):
        return ""
    try:
        pk = reference.partition(":")[2]
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
    except NoReverseMatch:
        return ""
