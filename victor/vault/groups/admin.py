"""Groups, recoveries and rotations, for coordinators to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from victor.vault.groups.models import Group, KeyRotation, RecoveryRequest
from victor.vault.keys.admin import CountsOnlyAdmin

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    CountedGroup: TypeAlias = WithAnnotations[Group, "GroupCounts"]


class GroupCounts(TypedDict):
    """What the list adds to a group's columns."""

    people_count: int
    records_count: int


@admin.register(Group)
class GroupAdmin(CountsOnlyAdmin):
    """How many people and records each group has, and whether access can be restored."""

    list_display = fields = ("name", "created_at", "people", "records", "needs_new_key", "has_recovery")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counts = {
            "people_count": Count("members", distinct=True),
            "records_count": Count("key__grants_held", distinct=True),
        }
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=_("people"))
    def people(self, group: CountedGroup) -> int:
        return group.people_count

    @admin.display(description=_("records"))
    def records(self, group: CountedGroup) -> int:
        return group.records_count

    @admin.display(boolean=True, description=_("access can be restored"))
    def has_recovery(self, group: Group) -> bool:
        return group.is_recoverable


@admin.register(RecoveryRequest)
class RecoveryRequestAdmin(CountsOnlyAdmin):
    """Recoveries of access and their states."""

    list_display = fields = ("group", "user", "state", "asked_at", "expires_at", "first", "second")
    list_select_related = ["group", "user", "first", "second"]
    list_filter = ["state"]


@admin.register(KeyRotation)
class KeyRotationAdmin(CountsOnlyAdmin):
    """Rotations: records that are sealed to another key."""

    list_display = fields = ("target", "state", "moved_count", "total", "started_at", "progressed_at")
    list_select_related = ["target"]
    list_filter = ["state"]
