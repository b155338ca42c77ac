"""Questions about groups and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from partners.groups.states import GroupRole
from partners.memberships.rules import coordinates, is_partner_staff

if TYPE_CHECKING:
    from victor.accounts.models import User

ACTIVE = Q(until=None, user__is_active=True)


class WorkingGroupQuerySet(models.QuerySet):
    """Groups."""

    def visible_to(self, user: User) -> Self:
        """All for coordinators; for other partner staff those to which they belong, and forums, which are for all."""
        if coordinates(user):
            return self.all()
        if not is_partner_staff(user):
            return self.none()
        members = apps.get_model("partners.GroupMember").objects.active()
        own = members.filter(group=OuterRef("pk"), user=user)
        return self.filter(Q(is_for_all=True) | Exists(own))

    def running(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_on=None)

    def without_chair(self) -> Self:
        """Those that nobody chairs, so that no meeting can be announced."""
        chairs = Q(members__role__in=[GroupRole.CHAIR, GroupRole.DEPUTY], members__until=None)
        return self.running().exclude(pk__in=self.filter(chairs, members__user__is_active=True).values("pk"))

    def for_listing(self) -> Self:
        """By name, with the number of members."""
        present = Q(members__until=None, members__user__is_active=True)
        return self.annotate(size=Count("members", filter=present)).order_by("ended_on", "name", "pk")


class GroupMemberQuerySet(models.QuerySet):
    """Members of groups, former ones too."""

    def active(self) -> Self:
        """Those who belong to the group now, and may log in."""
        return self.filter(ACTIVE)

    def for_listing(self) -> Self:
        """In the order of the roles, with the people."""
        order = {role: place for place, role in enumerate(GroupRole)}
        whens = [models.When(role=role, then=models.Value(place)) for role, place in order.items()]
        ranked = self.annotate(rank=models.Case(*whens, default=models.Value(len(order))))
        return ranked.select_related("user").order_by("rank", "user__name", "pk")
