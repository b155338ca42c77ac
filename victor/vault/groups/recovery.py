"""Recovery: two officers, one after the other, restore the access of a member who has forgotten the passphrase."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault import crypto
from victor.vault.errors import NotAMember, NotAnOfficer, NotRecoverable, RecoveryNotPossible
from victor.vault.groups import emails
from victor.vault.groups.locks import lock_group
from victor.vault.groups.models import Group, Officer, RecoveryLayer, RecoveryRequest
from victor.vault.groups.states import MOVES, OPEN_STATES, RecoveryMove, RecoveryState
from victor.vault.keys.keyring import (
    UnlockedVault,
    all_keys_of,
    match_private_key,
    owner_label,
    personal_key,
    save_stamped,
    seal_key_to,
    verify_stamp,
)

PERIOD = timedelta(hours=24)


@transaction.atomic
def request_recovery(group: Group, *, by: UnlockedVault) -> RecoveryRequest:
    """Ask two officers to restore one's access, for the key that was made after the passphrase was forgotten.

    Raises:
        NotAMember: the person is not a member.
        NotRecoverable: the group has no two officers besides the person.
        RecoveryNotPossible: the person can open the group, or has asked already.
    """
    group = lock_group(group)
    if not group.members.filter(user=by.person).exists():
        raise NotAMember
    if group.key.grants.filter(holder=by.key_id).exists():
        raise RecoveryNotPossible
    group.recovery_requests.filter(user=by.person, state__in=OPEN_STATES, expires_at__lte=timezone.now()).update(
        state=RecoveryState.WITHDRAWN
    )
    if group.recovery_requests.filter(user=by.person, state__in=OPEN_STATES).exists():
        raise RecoveryNotPossible
    if not group.shares.exclude(first__user=by.person).exclude(second__user=by.person).exists():
        raise NotRecoverable
    facts = {"user": by.person, "key_id": by.key_id, "expires_at": timezone.now() + PERIOD}
    recovery_request = RecoveryRequest(group=group, **facts)
    save_stamped(recovery_request)
    emails.notify_of_request(group)
    record("vault.recovery_asked", recovery_request, by=by.person, group=str(group.pk))
    return recovery_request


@transaction.atomic
def confirm_recovery(recovery_request: RecoveryRequest, *, by: UnlockedVault) -> None:
    """Confirm as the first officer: vouch for the person and open the outer layer for every other officer.

    Raises:
        NotAnOfficer: the actor is not an officer of this group, or is the person concerned.
        RecoveryNotPossible: another officer has confirmed, or it is over.
        NotRecoverable: there is no second officer.
    """
    recovery_request, officer = _check_officer(recovery_request, RecoveryMove.CONFIRM, by)
    shares = officer.shares_first.filter(key=recovery_request.group.key).exclude(second__user=recovery_request.user_id)
    layers = [
        RecoveryLayer(
            recovery_request=recovery_request,
            officer_id=share.second_id,
            sealed=crypto.unseal(bytes(share.sealed), by.private),
        )
        for share in shares
    ]
    if not layers:
        raise NotRecoverable
    RecoveryLayer.objects.bulk_create(layers)
    recovery_request.state, recovery_request.first = MOVES[RecoveryMove.CONFIRM][1], by.person
    recovery_request.save(update_fields=["state", "first"])
    record("vault.recovery_confirmed", recovery_request, by=by.person, person=owner_label(recovery_request.user))


@transaction.atomic
def complete_recovery(recovery_request: RecoveryRequest, *, by: UnlockedVault) -> None:
    """Complete as the second officer: open the inner layer and encrypt the group's key to the person's new key.

    The keys that the person has set aside lose the group's key.

    Raises:
        NotAnOfficer: the actor is not an officer of this group, is the first one, or is the person concerned.
        RecoveryNotPossible: it is not confirmed, or over.
    """
    recovery_request, officer = _check_officer(recovery_request, RecoveryMove.COMPLETE, by)
    layer = recovery_request.layers.filter(officer=officer).first()
    if layer is None or recovery_request.first_id == by.person.pk:
        raise NotAnOfficer
    if personal_key(recovery_request.user) != recovery_request.key:
        raise RecoveryNotPossible
    with match_private_key(recovery_request.group.key, crypto.unseal(bytes(layer.sealed), by.private)) as private:
        seal_key_to(recovery_request.group.key, private, to=recovery_request.key)
    forgotten_keys = all_keys_of(recovery_request.user).exclude(pk=recovery_request.key_id)
    recovery_request.group.key.grants.filter(holder__in=forgotten_keys).delete()
    _end_request(recovery_request, RecoveryMove.COMPLETE, second=by.person)
    emails.notify_of_recovery(recovery_request.group)
    record("vault.recovered", recovery_request, by=by.person, person=owner_label(recovery_request.user))


@transaction.atomic
def withdraw_recovery(recovery_request: RecoveryRequest, *, by: User) -> None:
    """End a recovery, as the person concerned or as an officer.

    Raises:
        NotAnOfficer: the actor is neither.
        RecoveryNotPossible: it is over.
    """
    recovery_request = _lock_open_request(recovery_request)
    if by != recovery_request.user and not recovery_request.group.officers.filter(user=by).exists():
        raise NotAnOfficer
    _end_request(recovery_request, RecoveryMove.WITHDRAW)
    record("vault.recovery_withdrawn", recovery_request, by=by, person=owner_label(recovery_request.user))


def _lock_open_request(recovery_request: RecoveryRequest) -> RecoveryRequest:
    """Lock the group and the request until the transaction ends, and return the request as it is now."""
    group = lock_group(recovery_request.group)
    recovery_request = (
        RecoveryRequest.objects.select_for_update(of=["self"]).select_related("key", "user").get(pk=recovery_request.pk)
    )
    recovery_request.group = group
    verify_stamp(recovery_request)
    if recovery_request.displayed_state not in OPEN_STATES:
        raise RecoveryNotPossible
    return recovery_request


def _check_officer(
    recovery_request: RecoveryRequest, move: RecoveryMove, by: UnlockedVault
) -> tuple[RecoveryRequest, Officer]:
    recovery_request = _lock_open_request(recovery_request)
    officer = (
        recovery_request.group.officers.filter(user=by.person, key=by.key_id)
        .exclude(user=recovery_request.user_id)
        .first()
    )
    if officer is None:
        raise NotAnOfficer
    verify_stamp(officer)
    verify_stamp(recovery_request.group.members.get(user=recovery_request.user_id))
    if recovery_request.state not in MOVES[move][0]:
        raise RecoveryNotPossible
    return recovery_request, officer


def _end_request(recovery_request: RecoveryRequest, move: RecoveryMove, *, second: User | None = None) -> None:
    recovery_request.layers.all().delete()
    recovery_request.state, recovery_request.second = MOVES[move][1], second
    recovery_request.save(update_fields=["state", "second"])
