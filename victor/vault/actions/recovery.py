"""Two officers, one after the other, restore the access of somebody who has forgotten the passphrase."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault import crypto, emails
from victor.vault.actions.groups import locked
from victor.vault.errors import NotAMember, NotAnOfficer, NotPossible, NotRecoverable
from victor.vault.keys import Opened, checked, fitting, grant, owner, personal_key
from victor.vault.models import Ceremony, Group, Layer, Officer
from victor.vault.states import MOVES, OPEN, CeremonyMove, CeremonyState

PERIOD = timedelta(hours=24)


@transaction.atomic
def ask(group: Group, *, by: Opened) -> Ceremony:
    """Ask two officers to restore one's access, for the key that was made after the old passphrase was forgotten.

    Raises:
        NotAMember: the person does not belong to the group.
        NotRecoverable: there are no two officers besides the person.
        NotPossible: the person can open the group, or has asked already.
    """
    group = locked(group)
    if not group.members.filter(user=by.person).exists():
        raise NotAMember
    if group.key.grants.filter(holder=by.key_id).exists():
        raise NotPossible
    group.ceremonies.filter(user=by.person, state__in=OPEN, expires_at__lte=timezone.now()).update(
        state=CeremonyState.WITHDRAWN
    )
    if group.ceremonies.filter(user=by.person, state__in=OPEN).exists():
        raise NotPossible
    if not group.shares.exclude(first__user=by.person).exclude(second__user=by.person).exists():
        raise NotRecoverable
    ceremony = Ceremony.objects.create(
        group=group, user=by.person, key_id=by.key_id, expires_at=timezone.now() + PERIOD
    )
    record("vault.recovery_asked", ceremony, by=by.person, group=str(group.pk))
    emails.recovery_asked(group)
    return ceremony


@transaction.atomic
def confirm(ceremony: Ceremony, *, by: Opened) -> None:
    """The first officer vouches for the person and opens the outer layer, for every other officer to go on.

    Raises:
        NotAnOfficer: not of this group, or the person concerned.
        NotPossible: somebody was first, or it is over.
        NotRecoverable: there is no second officer.
    """
    ceremony, officer = _taking_part(ceremony, CeremonyMove.CONFIRM, by)
    shares = officer.shares_first.filter(key=ceremony.group.key).exclude(second__user=ceremony.user_id)
    layers = [
        Layer(ceremony=ceremony, officer_id=each.second_id, sealed=crypto.unseal(bytes(each.sealed), by.private))
        for each in shares
    ]
    if not layers:
        raise NotRecoverable
    Layer.objects.bulk_create(layers)
    ceremony.state, ceremony.first = MOVES[CeremonyMove.CONFIRM][1], by.person
    ceremony.save(update_fields=["state", "first"])
    record("vault.recovery_confirmed", ceremony, by=by.person, person=owner(ceremony.user))


@transaction.atomic
def complete(ceremony: Ceremony, *, by: Opened) -> None:
    """The second officer opens the inner layer, and the group's key is sealed to the person's new key.

    Raises:
        NotAnOfficer: not of this group, the first officer, or the person concerned.
        NotPossible: it is not confirmed, or over.
    """
    ceremony, officer = _taking_part(ceremony, CeremonyMove.COMPLETE, by)
    layer = ceremony.layers.filter(officer=officer).first()
    if layer is None or ceremony.first_id == by.person.pk:
        raise NotAnOfficer
    if personal_key(ceremony.user) != ceremony.key:
        raise NotPossible
    with fitting(ceremony.group.key, crypto.unseal(bytes(layer.sealed), by.private)) as private:
        grant(ceremony.group.key, private, to=ceremony.key)
    _end(ceremony, CeremonyMove.COMPLETE, second=by.person)
    record("vault.recovered", ceremony, by=by.person, person=owner(ceremony.user))
    emails.recovered(ceremony.group)


@transaction.atomic
def withdraw(ceremony: Ceremony, *, by: User) -> None:
    """The person, or an officer who does not know them, ends it.

    Raises:
        NotAnOfficer: somebody else asks.
        NotPossible: it is over.
    """
    ceremony = _open(ceremony)
    if by != ceremony.user and not ceremony.group.officers.filter(user=by).exists():
        raise NotAnOfficer
    _end(ceremony, CeremonyMove.WITHDRAW)
    record("vault.recovery_withdrawn", ceremony, by=by, person=owner(ceremony.user))


def _open(ceremony: Ceremony) -> Ceremony:
    """The recovery as it is now, with its group, which nobody changes meanwhile."""
    group = locked(ceremony.group)
    ceremony = Ceremony.objects.select_for_update(of=["self"]).select_related("key", "user").get(pk=ceremony.pk)
    ceremony.group = group
    if ceremony.seen_state not in OPEN:
        raise NotPossible
    return ceremony


def _taking_part(ceremony: Ceremony, move: CeremonyMove, by: Opened) -> tuple[Ceremony, Officer]:
    ceremony = _open(ceremony)
    officer = ceremony.group.officers.filter(user=by.person, key=by.key_id).exclude(user=ceremony.user_id).first()
    if officer is None:
        raise NotAnOfficer
    checked(officer)
    checked(ceremony.group.members.get(user=ceremony.user_id))
    if ceremony.state not in MOVES[move][0]:
        raise NotPossible
    return ceremony, officer


def _end(ceremony: Ceremony, move: CeremonyMove, *, second: User | None = None) -> None:
    ceremony.layers.all().delete()
    ceremony.state, ceremony.second = MOVES[move][1], second
    ceremony.save(update_fields=["state", "second"])
