"""Actions on a person's own vault: set up, unlock, change the passphrase, replace or restore a forgotten one.

Each derives a key from a passphrase (Argon2id, about a second). A try locks the row of that one person's key
meanwhile, so that guesses wait for each other; no other row is locked. The key for a new passphrase is derived before
anything is locked.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.task_queue import queue_task
from victor.vault import crypto
from victor.vault.crypto import Cost, PrivateKey
from victor.vault.errors import AlreadySetUp, NoVault, SetAsideToday, Unopenable, WrongPassphrase
from victor.vault.groups import actions as groups_actions
from victor.vault.groups.models import Group, RecoveryRequest
from victor.vault.groups.states import OPEN_STATES, RecoveryState
from victor.vault.keys.keyring import (
    UnlockedVault,
    all_keys_of,
    match_private_key,
    private_key_of,
    register_key,
    seal_key_to,
)
from victor.vault.keys.models import Grant, Key, PasskeyLock, PersonalKey
from victor.vault.keys.states import KeyKind
from victor.vault.passphrases.tries import carry_over_failures, lock_tries, note_try, refuse_early_try

BETWEEN_TWO_SET_ASIDE = timedelta(hours=24)


class DerivedKey(NamedTuple):
    """The key that a passphrase gives with a salt, at a cost."""

    key: bytes
    salt: bytes
    cost: Cost


def set_up_vault(user: User, passphrase: str) -> UnlockedVault:
    """Make the person's key pair and encrypt it with a passphrase. The form has checked how strong it is.

    Raises:
        AlreadySetUp: the person has a vault.
    """
    require(user, "vault.use")
    _refuse_second_vault(user)
    derived = _derive_key(passphrase)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        _refuse_second_vault(user)
        key, private = _create_personal_key(user, derived)
        record("vault.set_up", key, by=user)
    return UnlockedVault(user, key.pk, private)


def unlock_vault(user: User, passphrase: str) -> UnlockedVault:
    """Unlock the person's vault.

    Raises:
        NoVault: the person has none.
        WrongPassphrase: it is not this one. The log notes the try, without what was typed.
        TooManyTries: five were wrong. Each further try has to wait longer.
    """
    require(user, "vault.use")
    with transaction.atomic():
        personal = lock_key_in_use(user)
        private = _try_passphrase(personal, passphrase)
        record("vault.opened" if private else "vault.passphrase_wrong", personal.key, by=user)
    if private is None:
        raise WrongPassphrase
    return UnlockedVault(user, personal.key_id, private)


def change_passphrase(user: User, passphrase: str, *, new: str) -> UnlockedVault:
    """Encrypt the same key with another passphrase. The vault locks in all other browsers.

    A passphrase that others may know still opens the key in an older backup: `replace_known_passphrase` is for that.

    Raises:
        NoVault, WrongPassphrase, TooManyTries: as `unlock_vault` does.
    """
    unlocked = unlock_vault(user, passphrase)
    derived = _derive_key(new)
    with transaction.atomic():
        personal = lock_key_in_use(user)
        if personal.key_id != unlocked.key_id:  # it was replaced meanwhile, and the passphrase opens it no more
            raise WrongPassphrase
        _encrypt_private_key(personal, unlocked.private, derived)
        personal.changed_at = timezone.now()
        personal.save()
        record("vault.passphrase_changed", personal.key, by=user)
    return unlocked


def replace_known_passphrase(user: User, passphrase: str, *, new: str) -> UnlockedVault:
    """Make a passphrase worthless that others may know: a new key for the person, and new keys for their groups.

    All earlier keys of the person are deleted, with all that was granted to them. Passkeys open the new one only once
    they are added again.

    Raises:
        NoVault, WrongPassphrase, TooManyTries: as `unlock_vault` does.
        LastMember: as `replace_key_of` does.
    """
    derived = _derive_key(new)
    with unlock_vault(user, passphrase) as old, transaction.atomic():
        if lock_key_in_use(user).key_id != old.key_id:  # it was replaced meanwhile
            raise WrongPassphrase
        passkeys = _delete_passkey_locks(user)
        PersonalKey.objects.filter(user=user).update(set_aside_at=timezone.now())
        key, private = _create_personal_key(user, derived)
        fresh = UnlockedVault(user, key.pk, private)
        groups = [
            groups_actions.replace_key_of(group, user, old=old, fresh=fresh)
            for group in Group.objects.visible_to(user).order_by("pk")
        ]
        PersonalKey.objects.filter(user=user).exclude(key=key).delete()
        Grant.objects.filter(holder__in=all_keys_of(user)).exclude(holder=key).delete()
        RecoveryRequest.objects.filter(user=user, state__in=OPEN_STATES).update(state=RecoveryState.WITHDRAWN)
        transaction.on_commit(partial(queue_task, "victor.vault.tasks.clean_tables"), robust=True)
        for group in groups:
            if not group.needs_new_key:
                record("vault.group_key_replaced", group, by=user, key=str(group.key_id))
        record("vault.key_replaced", key, by=user, passkeys=passkeys)
    return fresh


def replace_forgotten_passphrase(user: User, passphrase: str) -> UnlockedVault:
    """Make a new key after a forgotten passphrase. The old key is set aside, in case the passphrase is remembered.

    The wrong passphrases that were typed before still count, for whoever tries to remember. Passkeys open neither key.

    Raises:
        NoVault: the person has none.
        SetAsideToday: a key was set aside within the last day.
    """
    require(user, "vault.use")
    derived = _derive_key(passphrase)
    with transaction.atomic():
        old, now = lock_key_in_use(user), timezone.now()
        if PersonalKey.objects.filter(user=user, set_aside_at__gt=now - BETWEEN_TWO_SET_ASIDE).exists():
            raise SetAsideToday
        carry_over_failures(user)
        passkeys = _delete_passkey_locks(user)
        old.set_aside_at = now
        old.save(update_fields=["set_aside_at"])
        RecoveryRequest.objects.filter(user=user, state__in=OPEN_STATES).update(state=RecoveryState.WITHDRAWN)
        key, private = _create_personal_key(user, derived)
        record("vault.set_aside", old.key, by=user, passkeys=passkeys)
        record("vault.set_up", key, by=user)
    return UnlockedVault(user, key.pk, private)


def restore_old_passphrase(passphrase: str, *, by: UnlockedVault) -> UnlockedVault:
    """Use a key again that was set aside, with all that the present key opens.

    Raises:
        WrongPassphrase: it opens none of the keys that were set aside.
        TooManyTries: five were wrong.
    """
    with transaction.atomic():
        present = lock_key_in_use(by.person)
        tries = lock_tries(by.person, of_old_keys=True)
        refuse_early_try(tries)
        match = _find_remembered_key(by.person, passphrase)
        note_try(tries, right=match is not None)
        if match is None:
            record("vault.passphrase_wrong", present.key, by=by.person)
        else:
            _reinstate_key(present, *match, by=by)
    if match is None:
        raise WrongPassphrase
    old, private = match
    return UnlockedVault(by.person, old.key_id, private)


def lock_key_in_use(user: User) -> PersonalKey:
    """Lock the person's key, so that nobody else tries or changes it at the same time.

    Raises:
        NoVault: the person has none.
    """
    locked = PersonalKey.objects.in_use().select_for_update(of=["self"]).select_related("key")
    personal = locked.filter(user=user).first()
    if personal is None:
        raise NoVault
    return personal


def _reinstate_key(present: PersonalKey, old: PersonalKey, private: PrivateKey, *, by: UnlockedVault) -> None:
    grants = Grant.objects.filter(holder=present.key).exclude(key__grants__holder=old.key)
    for grant in grants.select_related("key"):
        with private_key_of(grant.key, by=by) as granted_key:
            seal_key_to(grant.key, granted_key, to=old.key)
    Grant.objects.filter(holder=present.key).delete()
    passkeys = _delete_passkey_locks(by.person)
    present.set_aside_at, old.set_aside_at = timezone.now(), None
    present.save(update_fields=["set_aside_at"])
    old.save(update_fields=["set_aside_at"])
    RecoveryRequest.objects.filter(user=by.person, state__in=OPEN_STATES).update(state=RecoveryState.WITHDRAWN)
    record("vault.remembered", old.key, by=by.person, passkeys=passkeys)


def _delete_passkey_locks(user: User) -> int:
    """No passkey opens the person's key any more, which is about to be replaced. Returns how many did."""
    return PasskeyLock.objects.visible_to(user).delete()[0]


def _find_remembered_key(user: User, passphrase: str) -> tuple[PersonalKey, PrivateKey] | None:
    keys = PersonalKey.objects.select_for_update(of=["self"]).select_related("key").filter(user=user)
    for old in keys.exclude(set_aside_at=None):
        if private := _decrypt_private_key(old, passphrase):
            return old, private
    return None


def _refuse_second_vault(user: User) -> None:
    if PersonalKey.objects.in_use().filter(user=user).exists():
        raise AlreadySetUp


def _create_personal_key(user: User, derived: DerivedKey) -> tuple[Key, PrivateKey]:
    private = crypto.new_private_key()
    key = register_key(KeyKind.PERSON, private.public, of=user)
    personal = PersonalKey(key=key, user=user)
    _encrypt_private_key(personal, private, derived)
    personal.save(force_insert=True)
    return key, private


def _derive_key(passphrase: str) -> DerivedKey:
    """A new key from a passphrase, at today's cost. This takes about a second."""
    salt, cost = crypto.new_salt(), Cost(*settings.VAULT_COST)
    return DerivedKey(crypto.derive(passphrase, salt, cost), salt, cost)


def _encrypt_private_key(personal: PersonalKey, private: PrivateKey, derived: DerivedKey) -> None:
    personal.salt, personal.passes, personal.memory = derived.salt, derived.cost.passes, derived.cost.memory
    personal.locked = crypto.encrypt(bytes(private), derived.key, context=personal_context(personal))


def personal_context(personal: PersonalKey) -> str:
    """What the encrypted private part is bound to."""
    return f"personal:{personal.key_id}"


def _decrypt_private_key(personal: PersonalKey, passphrase: str) -> PrivateKey | None:
    key = crypto.derive(passphrase, bytes(personal.salt), Cost(personal.passes, personal.memory))
    try:
        return match_private_key(
            personal.key, crypto.decrypt(bytes(personal.locked), key, context=personal_context(personal))
        )
    except Unopenable:
        return None


def _try_passphrase(personal: PersonalKey, passphrase: str) -> PrivateKey | None:
    """The private part, or None. What was encrypted at another cost than today's is encrypted again."""
    tries = lock_tries(personal.user, of_old_keys=False)
    refuse_early_try(tries)
    private = _decrypt_private_key(personal, passphrase)
    note_try(tries, right=private is not None)
    if private and (personal.passes, personal.memory) != tuple(settings.VAULT_COST):
        _encrypt_private_key(personal, private, _derive_key(passphrase))
        personal.save()
    return private
