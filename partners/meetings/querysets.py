"""Questions about meetings and who is invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.groups.models import GroupMember, WorkingGroup
from partners.groups.states import LEADING_ROLES
from partners.meetings.states import Answer, MeetingState
from partners.memberships.rules import coordinates, is_partner_staff

if TYPE_CHECKING:
    from victor.accounts.models import User


class MeetingQuerySet(models.QuerySet):
    """Meetings."""

    def visible_to(self, user: User) -> Self:
        """Those of the groups that a person sees, and those to which they are invited; drafts for those who lead."""
        if coordinates(user):
            return self.all()
        if not is_partner_staff(user):
            return self.none()
        led = GroupMember.objects.active().filter(user=user, role__in=LEADING_ROLES)
        is_led = Q(group__in=led.values("group"))
        is_seen = Q(group__in=WorkingGroup.objects.visible_to(user).values("pk"))
        is_invited = Q(pk__in=self.model._default_manager.filter(invitations__person=user).values("pk"))
        return self.filter(is_led | ~Q(state=MeetingState.DRAFT) & (is_seen | is_invited))

    def announced(self) -> Self:
        """Those to which people are invited, and that are neither held nor cancelled."""
        return self.filter(state=MeetingState.ANNOUNCED)

    def upcoming(self) -> Self:
        """Those that have not ended, drafts among them."""
        return self.filter(ends__gt=timezone.now()).exclude(state=MeetingState.CANCELLED)

    def for_listing(self) -> Self:
        """What starts first stands first, with the group."""
        return self.select_related("group").order_by("starts", "pk")


class InviteeQuerySet(models.QuerySet):
    """Invitations to meetings."""

    def visible_to(self, user: User) -> Self:
        """Those of the meetings that a person sees."""
        meetings = apps.get_model("partners.Meeting").objects.visible_to(user)
        return self.filter(meeting__in=meetings.values("pk"))

    def unanswered(self) -> Self:
        """Those without an answer."""
        return self.filter(answer=Answer.NONE)

    def for_listing(self) -> Self:
        """By role and name, with the people."""
        return self.select_related("person").order_by("role", "name", "pk")
