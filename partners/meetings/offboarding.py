"""Whoever leaves a group is invited to none of its meetings that are still ahead: no link, no page, no mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from partners.groups.actions import follows_leaving
from partners.meetings.models import Invitation
from victor.audit.actions import record

if TYPE_CHECKING:
    from partners.groups.models import WorkingGroup
    from victor.access import Actor
    from victor.accounts.models import User


@follows_leaving
def uninvite_leaver(group: WorkingGroup, user: User, by: Actor) -> None:
    """Delete the invitations to meetings that have not begun."""
    ahead = Invitation.objects.filter(meeting__group=group, meeting__starts__gt=timezone.now(), person=user)
    count, _kinds = ahead.delete()
    if count:
        record("meeting.uninvited", group, by=by, person=str(user.pk), number=count)
