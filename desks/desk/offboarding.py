"""What happens at a desk when somebody's role in its organisation ends."""

from __future__ import annotations

from django.db import transaction

from desks.desk.actions import revoke_access
from desks.desk.querysets import colleagues
from partners.memberships.models import Membership
from victor.access import Actor
from victor.accounts.offboarding import on_role_end
from victor.audit.actions import record
from victor.vault.groups.models import Group


@on_role_end
@transaction.atomic
def revoke_keys_of_leaver(membership: Membership, by: Actor) -> None:
    """Take the keys at once from somebody who works at the desk no longer.

    The last who holds them keeps them, or the reports were lost; the pages are closed to them all the same.
    """
    groups = Group.objects.filter(desk__organisation=membership.organisation_id, members__user=membership.user_id)
    for group in groups.select_related("desk"):
        still_works = colleagues(group.desk).filter(pk=membership.user_id).exists()
        if not still_works and not revoke_access(group, membership.user, by=by):
            record("desk.last_key_kept", group.desk, by=by, person=str(membership.user_id))
