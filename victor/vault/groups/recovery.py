"""Two officers, one after the other, restore the access of somebody who has forgotten the passphrase."""

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
    match_private_key,
    owner_label,
    personal_key,
    seal_key_to,
    verify_stamp,
)

PERIOD = timedelta(hours=24)


@transaction.atomic
def request_recovery(group: Group, *, by: UnlockedVault) -> RecoveryRequest:
    """Ask two officers to restore one's access, for the key that was made after the old passphrase was forgotten.

    Raises:
        NotAMember: the person does not belong to the group.
        NotRecoverable: there are no two officers besides the person.
        NotPossible: the person can open the group, or has asked already.
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
    ceremony = RecoveryRequest.objects.create(
        group=group, user=by.person, key_id=by.key_id, expires_at=timezone.now() + PERIOD
    )
    record("vault.recovery_asked", ceremony, by=by.person, group=str(group.pk))
    emails.notify_of_request(group)
    return ceremony


@transaction.atomic
def confirm_recovery(ceremony: RecoveryRequest, *, by: UnlockedVault) -> None:
    """The first officer vouches for the person and opens the outer layer, for every other officer to go on.

    Raises:
        NotAnOfficer: not of this group, or the person concerned.
        NotPossible: somebody was first, or it is over.
        NotRecoverable: there is no second officer.
    """
    ceremony, officer = _check_officer(ceremony, RecoveryMove.CONFIRM, by)
    shares = officer.shares_first.filter(key=ceremony.group.key).exclude(second__user=ceremony.user_id)
    layers = [
        RecoveryLayer(
            ceremony=ceremony, officer_id=each.second_id, sealed=crypto.unseal(bytes(each.sealed), by.private)
        )
        for each in shares
    ]
    if not layers:
        raise NotRecoverable
    RecoveryLayer.objects.bulk_create(layers)
    ceremony.state, ceremony.first = MOVES[RecoveryMove.CONFIRM][1], by.person
    ceremony.save(update_fields=["state", "first"])
    record("vault.recovery_confirmed", ceremony, by=by.person, person=owner_label(ceremony.user))


@transaction.atomic
def complete_recovery(ceremony: RecoveryRequest, *, by: UnlockedVault) -> None:
    """The second officer opens the inner layer, and the group's key is sealed to the person's new key.

    Raises:
        NotAnOfficer: not of this group, the first officer, or the person concerned.
        NotPossible: it is not confirmed, or over.
    """
    ceremony, officer = _check_officer(ceremony, RecoveryMove.COMPLETE, by)
    layer = ceremony.layers.filter(officer=officer).first()
    if layer is None or ceremony.first_id == by.person.pk:
        raise NotAnOfficer
    if personal_key(ceremony.user) != ceremony.key:
        raise RecoveryNotPossible
    with match_private_key(ceremony.group.key, crypto.unseal(bytes(layer.sealed), by.private)) as private:
        seal_key_to(ceremony.group.key, private, to=ceremony.key)
    _end_request(ceremony, RecoveryMove.COMPLETE, second=by.person)
    record("vault.recovered", ceremony, by=by.person, person=owner_label(ceremony.user))
    emails.notify_of_recovery(ceremony.group)


@transaction.atomic
def withdraw_recovery(ceremony: RecoveryRequest, *, by: User) -> None:
    """The person, or an officer who does not know them, ends it.

    Raises:
        NotAnOfficer: somebody else asks.
        NotPossible: it is over.
    """
    ceremony = _lock_open_request(ceremony)
    if by != ceremony.user and not ceremony.group.officers.filter(user=by).exists():
        raise NotAnOfficer
    _end_request(ceremony, RecoveryMove.WITHDRAW)
    record("vault.recovery_withdrawn", ceremony, by=by, person=owner_label(ceremony.user))


def _lock_open_request(ceremony: RecoveryRequest) -> RecoveryRequest:
    """The recovery as it is now, with its group, which nobody changes meanwhile."""
    group = lock_group(ceremony.group)
    ceremony = RecoveryRequest.objects.select_for_update(of=["self"]).select_related("key", "user").get(pk=ceremony.pk)
    ceremony.group = group
    if ceremony.displayed_state not in OPEN_STATES:
        raise RecoveryNotPossible
    return ceremony


def _check_officer(ceremony: RecoveryRequest, move: RecoveryMove, by: UnlockedVault) -> tuple[RecoveryRequest, Officer]:
    ceremony = _lock_open_request(ceremony)
    officer = ceremony.group.officers.filter(user=by.person, key=by.key_id).exclude(user=ceremony.user_id).first()
    if officer is None:
        raise NotAnOfficer
    verify_stamp(officer)
    verify_stamp(ceremony.group.members.get(user=ceremony.user_id))
    if ceremony.state not in MOVES[move][0]:
        raise RecoveryNotPossible
    return ceremony, officer


def _end_request(ceremony: RecoveryRequest, move: RecoveryMove, *, second: User | None = None) -> None:
    ceremony.layers.all().delete()
    ceremony.state, ceremony.second = MOVES[move][1], second
    ceremony.save(update_fields=["state", "second"])
