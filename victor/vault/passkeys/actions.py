"""Actions on passkeys that open a vault: add one, unlock with it, remove it.

A passkey is asked for a secret that it gives to this site alone, and only to whoever holds it (PRF of WebAuthn). With
it a copy of the person's private part is encrypted. The passphrase stays: it opens the vault, and adds passkeys.
"""

from __future__ import annotations

from functools import partial

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction
from fido2.utils import websafe_decode, websafe_encode

from victor.access import Actor, System, is_permitted, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.field_encryption import decrypt_value, encrypt_value
from victor.task_queue import queue_task
from victor.vault import crypto
from victor.vault.crypto import PrivateKey
from victor.vault.errors import Unopenable, WrongPasskey, WrongPassphrase
from victor.vault.keys.keyring import UnlockedVault, match_private_key, save_stamped, verify_stamp
from victor.vault.keys.models import PasskeyLock, PersonalKey
from victor.vault.passkeys import emails
from victor.vault.passkeys.assertions import Answer, Question, credential_of, verify_answer
from victor.vault.passphrases.actions import lock_key_in_use, unlock_vault
from victor.vault.passphrases.tries import lock_tries, note_try, refuse_early_try


def add_passkey(user: User, passphrase: str, answer: Answer, *, question: Question) -> UnlockedVault:
    """Let a passkey of the person open the vault, beside the passphrase. One that does already is added anew.

    Raises:
        NoVault, WrongPassphrase, TooManyTries: as `unlock_vault` does.
        WrongPasskey: the answer is none of this person's passkeys to this question.
    """
    unlocked = unlock_vault(user, passphrase)
    passkey = verify_answer(answer, user, question=question)
    with transaction.atomic():
        personal = lock_key_in_use(user)
        if personal.key_id != unlocked.key_id:  # it was replaced meanwhile
            raise WrongPassphrase
        PasskeyLock.objects.filter(passkey=passkey).delete()
        save_stamped(_make_lock(passkey, personal, unlocked.private, answer.secret, salt=question.salt_for(passkey)))
        emails.notify_of_added(user)
        record("vault.passkey_added", personal.key, by=user, passkey=passkey.pk)
    return unlocked


def unlock_with_passkey(user: User, answer: Answer, *, question: Question) -> UnlockedVault:
    """Unlock the person's vault with one of the passkeys that open it.

    Raises:
        NoVault: the person has none.
        WrongPasskey: the answer is no good, or its secret opens nothing. It counts as a wrong passphrase does.
        TooManyTries: five were wrong, passphrases or passkeys.
    """
    require(user, "vault.use")
    with transaction.atomic():
        personal = lock_key_in_use(user)
        tries = lock_tries(user, of_old_keys=False)
        refuse_early_try(tries)
        private = _try_passkey(personal, answer, question)
        note_try(tries, right=private is not None)
        record("vault.passkey_opened" if private else "vault.passkey_wrong", personal.key, by=user)
    if private is None:
        raise WrongPasskey
    return UnlockedVault(user, personal.key_id, private)


@transaction.atomic
def remove_passkey(lock: PasskeyLock, *, by: User) -> None:
    """Let a passkey open the person's vault no longer. The passkey itself stays, for the log-in."""
    for own in PasskeyLock.objects.visible_to(by).select_for_update(of=["self"]).filter(pk=lock.pk):
        _delete_lock(own, by=by)


def remove_passkeys_of_leavers(*, by: System) -> int:
    """Remove the passkeys of people who may use no vault any more, and open none already. Returns how many."""
    owners = User.objects.filter(personal_keys__passkey_locks__isnull=False).distinct()
    return sum(_remove_all_passkeys(owner, by=by) for owner in owners if not is_permitted(owner, "vault.use"))


@transaction.atomic
def _remove_all_passkeys(user: User, *, by: System) -> int:
    locks = list(PasskeyLock.objects.visible_to(user).select_for_update(of=["self"]).order_by("pk"))
    for lock in locks:
        _delete_lock(lock, by=by)
    return len(locks)


def passkey_context(lock: PasskeyLock) -> str:
    """What the copy of the private part is bound to."""
    return f"passkey:{lock.passkey_id}:{lock.personal_id}"


def _make_lock(
    passkey: Authenticator, personal: PersonalKey, private: PrivateKey, secret: bytes, *, salt: bytes
) -> PasskeyLock:
    lock = PasskeyLock(passkey=passkey, personal=personal, salt=salt, credential=credential_of(passkey).credential_id)
    key = crypto.derive_from_secret(secret, context=passkey_context(lock))
    encrypted = crypto.encrypt(bytes(private), key, context=passkey_context(lock))
    lock.locked = encrypt_value(websafe_encode(encrypted))
    return lock


def _try_passkey(personal: PersonalKey, answer: Answer, question: Question) -> PrivateKey | None:
    """The private part; None where the answer is wrong, or the copy is not as we made it."""
    try:
        passkey = verify_answer(answer, personal.user, question=question)
        lock = PasskeyLock.objects.filter(passkey=passkey, personal=personal).first()
        if lock is None or bytes(verify_stamp(lock).credential) != credential_of(passkey).credential_id:
            return None
        private = _decrypt_private_key(lock, personal, answer.secret)
    except (Unopenable, WrongPasskey, InvalidToken):
        return None
    passkey.record_usage()
    return private


def _decrypt_private_key(lock: PasskeyLock, personal: PersonalKey, secret: bytes) -> PrivateKey:
    key = crypto.derive_from_secret(secret, context=passkey_context(lock))
    encrypted = websafe_decode(decrypt_value(lock.locked))
    return match_private_key(personal.key, crypto.decrypt(encrypted, key, context=passkey_context(lock)))


def _delete_lock(lock: PasskeyLock, *, by: Actor) -> None:
    """Delete a copy of a private part, also from the file of the table, and tell its owner."""
    key, owner, passkey = lock.personal.key, lock.personal.user, lock.passkey_id
    lock.delete()
    if owner.is_active:
        emails.notify_of_removed(owner)
    transaction.on_commit(partial(queue_task, "victor.vault.tasks.clean_tables"), robust=True)
    record("vault.passkey_removed", key, by=by, passkey=passkey)
