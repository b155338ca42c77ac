"""What happens to agreements when their owner has no role any more: the coordinators are told instead."""

from __future__ import annotations

from django.db import transaction

from partners.agreements.models import Agreement
from partners.agreements.states import OVER
from partners.memberships.models import Membership
from victor.access import Actor
from victor.accounts.offboarding import on_role_end
from victor.audit.actions import record


@on_role_end
@transaction.atomic
def leave_agreements_of_leaver(membership: Membership, by: Actor) -> None:
    """Take the ownership from somebody who has left. The agreement then stands in the tasks of the coordinators."""
    if Membership.objects.filter(user=membership.user_id).exists():
        return
    owned = Agreement.objects.filter(owner=membership.user_id).exclude(state__in=OVER)
    for agreement in owned.select_for_update(of=["self"]).order_by("pk"):
        agreement.owner = None
        agreement.save(update_fields=["owner"])
        record("agreement.owner_left", agreement, by=by, code=agreement.code)
