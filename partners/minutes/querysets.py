"""Questions about minutes, decisions and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.groups.models import GroupMember, WorkingGroup
from partners.groups.states import LEADING_ROLES
from partners.memberships.rules import coordinates
from partners.minutes.states import ActionState, MinutesState, TextState

if TYPE_CHECKING:
    from victor.accounts.models import User


def groups_led_by(user: User) -> models.QuerySet:
    """The groups whose minutes the person writes."""
    if coordinates(user):
        return WorkingGroup.objects.all()
    led = GroupMember.objects.active().filter(user=user, role__in=LEADING_ROLES)
    return WorkingGroup.objects.filter(pk__in=led.values("group"))


class MinutesQuerySet(models.QuerySet):
    """Versions of minutes."""

    def visible_to(self, user: User) -> Self:
        """Drafts for those who write them; what was sent for remarks for the group and those who were invited."""
        is_led = Q(meeting__group__in=groups_led_by(user).values("pk"))
        is_sent = ~Q(state=MinutesState.DRAFT)
        is_own = Q(meeting__group__in=WorkingGroup.objects.visible_to(user).values("pk"))
        is_invited = Q(meeting__invitations__person=user)
        pks = self.filter(is_led | is_sent & (is_own | is_invited)).values("pk")
        return self.filter(pk__in=pks)

    def for_listing(self) -> Self:
        """With the meeting, its group and those who have approved."""
        return self.select_related("meeting__group", "chair", "secretary")


class ItemTextQuerySet(models.QuerySet):
    """Texts of agenda items."""

    def current(self) -> Self:
        """Those that count."""
        return self.filter(state=TextState.CURRENT)

    def waiting(self) -> Self:
        """Second texts that wait for a choice."""
        return self.filter(state=TextState.SECOND)


class DecisionQuerySet(models.QuerySet):
    """Decisions of groups."""

    def visible_to(self, user: User) -> Self:
        """Those of the groups that the person may see."""
        return self.filter(group__in=WorkingGroup.objects.visible_to(user).values("pk"))

    def for_listing(self) -> Self:
        """The newest first, with the item and the meeting that they come from."""
        return self.select_related("group", "item__meeting__group").order_by("-year", "-number")


class ActionQuerySet(models.QuerySet):
    """Actions of groups."""

    def visible_to(self, user: User) -> Self:
        """Those of the groups that the person may see, and the person's own."""
        is_own = Q(owner=user) | Q(deputy=user)
        return self.filter(is_own | Q(group__in=WorkingGroup.objects.visible_to(user).values("pk")))

    def open(self) -> Self:
        """Those that nobody has done."""
        return self.filter(state=ActionState.OPEN)

    def unsettled(self) -> Self:
        """Those that are open, or done and not confirmed."""
        return self.filter(state__in=[ActionState.OPEN, ActionState.DONE])

    def overdue(self) -> Self:
        """Open ones whose day is over."""
        return self.open().filter(due_on__lt=timezone.localdate())

    def of_person(self, user: User) -> Self:
        """The person's own ones, also as a deputy."""
        return self.filter(Q(owner=user) | Q(deputy=user))

    def for_listing(self) -> Self:
        """What is due first stands first, with its owner and where it comes from."""
        return self.select_related("group", "owner", "deputy", "item__meeting__group", "decision__group").order_by(
            "due_on", "pk"
        )
