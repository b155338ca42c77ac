"""Accounts and invitations, for coordinators."""

from django.conf import settings
from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from victor.access import signed_in_user
from victor.accounts.models import Invitation, User
from victor.accounts.offboarding import close_or_propose
from victor.audit.recorded_admin import RecordedAdmin

INVITATION_FIELDS = ("email", "language", "invited_by", "created_at", "expires_at")


class InvitedAdmin(RecordedAdmin):
    """A list of people or invitations, with the way to invite somebody."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """The list, with a button."""
        return super().changelist_view(request, {"invite_url": reverse(settings.INVITE_URL), **(extra_context or {})})


@admin.register(User)
class UserAdmin(InvitedAdmin):
    """Who has an account. Accounts come from invitations. Here they are found and closed."""

    is_counted = True
    list_display = ["name", "email", "language", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "language", "is_active", "is_staff", "last_login", "date_joined"]
    readonly_fields = ["email", "is_staff", "last_login", "date_joined"]
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """The name and the language of others are theirs to choose."""
        return [*self.readonly_fields, *([] if obj == request.user else ["name", "language"])]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Close and reopen by an action. The account of a coordinator waits for a second one."""
        if "is_active" not in form.changed_data:
            super().save_model(request, obj, form, change)
            return
        wanted = obj.is_active
        obj.is_active = not wanted
        form.changed_data.remove("is_active")  # an action records it
        super().save_model(request, obj, form, change)
        if close_or_propose(obj, is_open=wanted, by=signed_in_user(request)):
            obj.is_active = wanted
        else:
            obj.is_proposed = True
            messages.warning(request, _("This has been proposed. Another coordinator has to confirm it."))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(InvitedAdmin):
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
