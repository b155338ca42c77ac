"""Accounts and invitations, for coordinators."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from victor.accounts.models import Invitation, User

INVITATION_FIELDS = ("email", "language", "invited_by", "created_at", "expires_at")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Who has an account. Accounts come from invitations. Here they are found and closed."""

    list_display = ["name", "email", "language", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "language", "is_active", "is_staff", "last_login", "date_joined"]
    readonly_fields = ["email", "is_staff", "last_login", "date_joined"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Who was invited, and the state of each invitation. They are sent and revoked in the workspace."""

    list_display = (*INVITATION_FIELDS, "is_open_now")
    list_select_related = ["invited_by"]
    search_fields = ["email"]
    readonly_fields = fields = (*INVITATION_FIELDS, "accepted_at", "revoked_at")
    show_full_result_count = False

    @admin.display(boolean=True, description=_("can be accepted"))
    def is_open_now(self, invitation: Invitation) -> bool:
        return invitation.is_open

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False
