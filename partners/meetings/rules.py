"""Who plans meetings, and who answers an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import predicate

from partners.groups.rules import leads_group
from partners.memberships.rules import is_partner_staff
from victor.access import Invitee, is_about, permit

if TYPE_CHECKING:
    from partners.meetings.models import Invitation, Meeting
    from victor.accounts.models import User


@predicate
def plans(user: User, meeting: Meeting | None = None) -> bool:
    """The person leads the group of this meeting; without one: any."""
    return bool(leads_group(user, meeting.group if meeting else None))


@predicate
def is_invited(user: User, invitation: Invitation | None = None) -> bool:
    """The person has this invitation; without one: may have."""
    return invitation is None or invitation.person_id == user.pk


add_perm("partners.view_meetings", is_partner_staff)
add_perm("partners.plan_meeting", is_partner_staff & plans)
add_perm("partners.answer_invitation", is_partner_staff & is_invited)
permit(Invitee, "partners.answer_invitation", is_about)
