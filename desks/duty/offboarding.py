"""What happens to somebody's duties when their role at a desk ends."""

from __future__ import annotations

from django.db import transaction

from desks.desk.models import Desk
from desks.desk.querysets import colleagues
from desks.duty.models import DutyNumber
from desks.duty.planning import vacate_duties
from partners.memberships.models import Membership
from partners.memberships.states import DESK_ROLES
from victor.access import Actor
from victor.accounts.offboarding import on_role_end
from victor.audit.actions import record


@on_role_end
@transaction.atomic
def end_duties_of_leaver(membership: Membership, by: Actor) -> None:
    """Take the duties at once from somebody who works at the desk no longer, and the number where they are at none.

    A call to them that still waits finds no number, so that the next person is called.
    """
    person = membership.user
    for desk in Desk.objects.filter(organisation=membership.organisation_id).order_by("pk"):
        if not colleagues(desk).filter(pk=person.pk).exists():
            vacate_duties(desk, person, by=by)
    if Membership.objects.filter(user=person, role__in=DESK_ROLES).exists():
        return
    own = DutyNumber.objects.filter(person=person).first()
    if own is not None:
        record("duty.number_removed", own, by=by)
        own.delete()
