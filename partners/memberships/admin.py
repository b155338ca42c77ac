"""Contact points and memberships, for coordinators."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin, messages
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.directory.admin import Belonging, lists_belongings, offers_page
from partners.directory.models import Organisation
from partners.memberships.actions import change_languages, vouch_for
from partners.memberships.errors import NotSecondPerson
from partners.memberships.forms import MembershipForm
from partners.memberships.models import ContactPoint, Membership
from partners.memberships.offboarding import needs_second_coordinator, withdraw_or_propose
from partners.memberships.states import DESK_ROLES
from victor.access import signed_in_user
from victor.accounts.admin import UserAdmin
from victor.accounts.models import User
from victor.audit.recorded_admin import RecordedAdmin
from victor.languages import columns, local_text

MEMBERSHIP_FIELDS = ("user", "organisation", "role")


@offers_page(_("This organisation leaves"))
def departure_page(organisation: Organisation) -> str:
    """What it still has in the portal, and how it leaves."""
    return reverse("partners:departure", args=[organisation.slug])


@lists_belongings(_("Contact points"), model=ContactPoint)
def contacts_of(organisation: Organisation) -> list[Belonging]:
    """Whom other partners call."""
    contacts = organisation.contact_points.order_by("position", "name")
    return [Belonging(contact, f"{contact.name} · {contact.phone or contact.email}") for contact in contacts]


@lists_belongings(_("People"), model=Membership)
def members_of(organisation: Organisation) -> list[Belonging]:
    """Who works for it, in which role."""
    members = organisation.memberships.select_related("user").order_by("role", "user__name")
    return [Belonging(member, f"{member.user} · {member.get_role_display()}") for member in members]


admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People with their roles and organisations."""

    list_display = ["name", "roles", "email", "language", "is_active", "last_login"]
    list_filter = ["memberships__role", *UserAdmin.list_filter]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("memberships__organisation")

    @admin.display(description=_("role and organisation"))
    def roles(self, person: User) -> str:
        """Each role, and where."""
        memberships: Iterable[Membership] = person.memberships.all()
        return ", ".join(
            f"{membership.get_role_display()}, {local_text(membership.organisation, 'name').text}"
            for membership in memberships
        )


@admin.register(ContactPoint)
class ContactPointAdmin(RecordedAdmin):
    list_display = ["name", "organisation", "function", "phone", "email", "confirmed_on", "left_on"]
    list_select_related = ["organisation"]
    list_filter = ["function", "left_on"]
    search_fields = ["name", "email", *(f"organisation__{name}" for name in columns("name"))]
    autocomplete_fields = ["organisation", "user", "deputy"]
    show_full_result_count = False


@admin.register(Membership)
class MembershipAdmin(RecordedAdmin):
    """Shows memberships and ends them. They come from invitations. Only a translator's languages can be changed."""

    form = MembershipForm
    list_display = (*MEMBERSHIP_FIELDS, "invited_by", "confirmed_by", "granted_at")
    list_filter = ["role"]
    actions = ["vouch"]
    list_select_related = ["user", "organisation", "invited_by", "confirmed_by"]
    search_fields = ["user__name", "user__email"]
    readonly_fields = MEMBERSHIP_FIELDS
    fields = (*MEMBERSHIP_FIELDS, "languages")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool) -> None:
        """Change a translator's languages by an action. More languages wait for a second coordinator."""
        obj.is_proposed = not change_languages(obj, form.cleaned_data["languages"], by=signed_in_user(request))
        if obj.is_proposed:
            messages.warning(request, _("This has been proposed. Another coordinator has to confirm it."))

    @admin.action(description=_("Confirm that I know these people and that they are independent"))
    def vouch(self, request: HttpRequest, queryset: models.QuerySet[Membership]) -> None:
        for membership in queryset.filter(role__in=DESK_ROLES):
            try:
                vouch_for(membership, by=signed_in_user(request))
            except NotSecondPerson as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("You have confirmed %(name)s.") % {"name": membership.user.name})

    def is_deleted_at_once(self, request: HttpRequest, obj: models.Model) -> bool:
        """The role of another coordinator waits for a second one."""
        return not (isinstance(obj, Membership) and needs_second_coordinator(obj, by=signed_in_user(request)))

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """End a role by an action. That of another coordinator waits for a second one."""
        if not withdraw_or_propose(obj, by=signed_in_user(request)):
            messages.warning(request, _("This has been proposed. Another coordinator has to confirm it."))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Membership]) -> None:
        for membership in queryset:
            self.delete_model(request, membership)
