"""Contact points and memberships, for coordinators."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from partners.memberships.actions import withdraw_role
from partners.memberships.forms import MembershipForm
from partners.memberships.models import ContactPoint, Membership
from victor.access import signed_in_user
from victor.languages import columns

MEMBERSHIP_FIELDS = ("user", "organisation", "role")


@admin.register(ContactPoint)
class ContactPointAdmin(admin.ModelAdmin):
    list_display = ["name", "organisation", "job_title", "phone", "email"]
    list_select_related = ["organisation"]
    search_fields = ["name", "email", *(f"organisation__{name}" for name in columns("name"))]
    autocomplete_fields = ["organisation"]
    show_full_result_count = False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Shows memberships and ends them. They come from invitations. Only a translator's languages can be changed."""

    form = MembershipForm
    list_display = MEMBERSHIP_FIELDS
    list_filter = ["role"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__name", "user__email"]
    readonly_fields = MEMBERSHIP_FIELDS
    fields = (*MEMBERSHIP_FIELDS, "languages")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        withdraw_role(obj, by=signed_in_user(request))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Membership]) -> None:
        for membership in queryset:
            withdraw_role(membership, by=signed_in_user(request))
