"""The vaults of people, for coordinators to see."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from victor.audit.recorded_admin import RecordedAdmin
from victor.vault.keys.models import PassphraseTries, PersonalKey


class CountsOnlyAdmin(RecordedAdmin):
    """Shows counts and states. Nothing can be read, changed or deleted here."""

    actions = None
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(PersonalKey)
class PersonalKeyAdmin(CountsOnlyAdmin):
    """Who has set up a vault."""

    list_display = fields = ("user", "changed_at", "set_aside_at", "failures")
    list_select_related = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PersonalKey]:
        tries = PassphraseTries.objects.filter(user=OuterRef("user"), of_old_keys=False)
        return super().get_queryset(request).annotate(failure_count=Subquery(tries.values("failures")))

    @admin.display(description=_("wrong passphrases in a row"))
    def failures(self, personal: PersonalKey) -> int:
        return personal.failure_count or 0
