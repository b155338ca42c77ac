"""Who of the workers receives referrals: a supervisor of their organisation gives this and takes it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from partners.memberships.errors import NoWorker
from partners.memberships.models import Membership
from partners.memberships.states import Role
from victor.access import require
from victor.audit.actions import record

if TYPE_CHECKING:
    from victor.accounts.models import User


@transaction.atomic
def give_intake(membership: Membership, *, by: User) -> Membership:
    """Let a worker receive the referrals that come to the organisation.

    Raises:
        NoWorker: the person is no worker there, or may not log in.
    """
    membership = _lock(membership)
    require(by, "partners.give_intake", membership.organisation)
    if membership.role != Role.WORKER or not membership.user.is_active:
        raise NoWorker
    return _save_intake(membership, is_given=True, by=by)


@transaction.atomic
def withdraw_intake(membership: Membership, *, by: User) -> Membership:
    """Let a worker receive referrals no longer."""
    membership = _lock(membership)
    require(by, "partners.give_intake", membership.organisation)
    return _save_intake(membership, is_given=False, by=by)


def _save_intake(membership: Membership, *, is_given: bool, by: User) -> Membership:
    if membership.intake == is_given:
        return membership
    membership.intake = is_given
    membership.save(update_fields=["intake"])
    facts = {"person": str(membership.user_id), "organisation": membership.organisation.slug}
    record("membership.intake_given" if is_given else "membership.intake_withdrawn", membership, by=by, **facts)
    return membership


def _lock(membership: Membership) -> Membership:
    memberships = Membership.objects.select_for_update(of=["self"]).select_related("user", "organisation")
    return memberships.get(pk=membership.pk)
