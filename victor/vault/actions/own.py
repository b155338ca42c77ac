"""A person's own vault: its passphrase is chosen, given, changed, forgotten and remembered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault import crypto
from victor.vault.crypto import Cost, Private
from victor.vault.errors import AlreadySetUp, NoVault, TooManyTries, Unopenable, WrongPassphrase
from victor.vault.keys import Opened, fitting, grant, private_of, register
from victor.vault.models import Ceremony, Grant, PersonalKey
from victor.vault.states import OPEN, CeremonyState, KeyKind

FREE_TRIES = 5
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)


@transaction.atomic
def set_up(user: User, passphrase: str) -> Opened:
    """Make the person's key pair and lock it with a passphrase that the form has found strong enough.

    Raises:
        AlreadySetUp: the person has one.
    """
    require(user, "vault.use")
    user = User.objects.select_for_update().get(pk=user.pk)
    if PersonalKey.objects.in_use().filter(user=user).exists():
        raise AlreadySetUp
    private = crypto.new_private()
    key = register(KeyKind.PERSON, private.public, of=user)
    personal = PersonalKey(key=key, user=user)
    _lock(personal, private, passphrase)
    personal.save(force_insert=True)
    record("vault.set_up", key, by=user)
    return Opened(user, key.pk, private)


def unlock(user: User, passphrase: str) -> Opened:
    """Open the person's vault.

    Raises:
        NoVault: there is none.
        WrongPassphrase: noted, without what was typed.
        TooManyTries: five were wrong; each further one has to wait longer.
    """
    require(user, "vault.use")
    with transaction.atomic():
        personal = _in_use(user)
        private = _tried(personal, passphrase)
        record("vault.opened" if private else "vault.passphrase_wrong", personal.key, by=user)
    if private is None:
        raise WrongPassphrase
    return Opened(user, personal.key_id, private)


def change_passphrase(user: User, passphrase: str, *, new: str) -> Opened:
    """Lock the same key with another passphrase; other browsers where it was open are locked.

    Raises:
        NoVault, WrongPassphrase, TooManyTries: as `unlock` does.
    """
    opened = unlock(user, passphrase)
    with transaction.atomic():
        personal = _in_use(user)
        _lock(personal, opened.private, new)
        personal.changed_at = timezone.now()
        personal.save()
        record("vault.passphrase_changed", personal.key, by=user)
    return opened


@transaction.atomic
def set_aside(user: User, passphrase: str) -> Opened:
    """Begin anew after a forgotten passphrase. The old key is kept, in case it is remembered after all."""
    require(user, "vault.use")
    old = _in_use(user)
    old.set_aside_at = timezone.now()
    old.save(update_fields=["set_aside_at"])
    Ceremony.objects.filter(user=user, state__in=OPEN).update(state=CeremonyState.WITHDRAWN)
    record("vault.set_aside", old.key, by=user)
    return set_up(user, passphrase)


def remember(passphrase: str, *, by: Opened) -> Opened:
    """Take a key that was set aside into use again, with all that the present one opens.

    Raises:
        WrongPassphrase: it opens none of them.
        TooManyTries: five were wrong.
    """
    with transaction.atomic():
        present = _in_use(by.person)
        _refuse_haste(present)
        found = _remembered(by.person, passphrase)
        if found is None:
            _note_failure(present)
            record("vault.passphrase_wrong", present.key, by=by.person)
        else:
            _take_back(present, *found, by=by)
    if found is None:
        raise WrongPassphrase
    old, private = found
    return Opened(by.person, old.key_id, private)


def _take_back(present: PersonalKey, old: PersonalKey, private: Private, *, by: Opened) -> None:
    for each in Grant.objects.filter(holder=present.key).exclude(key__grants__holder=old.key).select_related("key"):
        with private_of(each.key, by=by) as held:
            grant(each.key, held, to=old.key)
    present.set_aside_at, old.set_aside_at = timezone.now(), None
    present.save(update_fields=["set_aside_at"])
    old.save(update_fields=["set_aside_at"])
    Ceremony.objects.filter(user=by.person, state__in=OPEN).update(state=CeremonyState.WITHDRAWN)
    record("vault.remembered", old.key, by=by.person)


def _remembered(user: User, passphrase: str) -> tuple[PersonalKey, Private] | None:
    kept = PersonalKey.objects.select_for_update(of=["self"]).select_related("key").filter(user=user)
    for old in kept.exclude(set_aside_at=None):
        if private := _opened(old, passphrase):
            return old, private
    return None


def _in_use(user: User) -> PersonalKey:
    """The person's key, which nobody else tries or changes at the same time."""
    found = PersonalKey.objects.in_use().select_for_update(of=["self"]).select_related("key").filter(user=user).first()
    if found is None:
        raise NoVault
    return found


def _lock(personal: PersonalKey, private: Private, passphrase: str) -> None:
    cost = Cost(*settings.VAULT_COST)
    personal.salt, personal.passes, personal.memory = crypto.new_salt(), cost.passes, cost.memory
    key = crypto.derive(passphrase, personal.salt, cost)
    personal.locked = crypto.encrypt(bytes(private), key, place=place(personal))


def place(personal: PersonalKey) -> str:
    """What a locked private part is bound to."""
    return f"personal:{personal.key_id}"


def _opened(personal: PersonalKey, passphrase: str) -> Private | None:
    key = crypto.derive(passphrase, bytes(personal.salt), Cost(personal.passes, personal.memory))
    try:
        return fitting(personal.key, crypto.decrypt(bytes(personal.locked), key, place=place(personal)))
    except Unopenable:
        return None


def _tried(personal: PersonalKey, passphrase: str) -> Private | None:
    """The private part, or None; what was locked at a lower cost than today's is locked anew."""
    _refuse_haste(personal)
    private = _opened(personal, passphrase)
    if private is None:
        _note_failure(personal)
        return None
    if (personal.passes, personal.memory) != tuple(settings.VAULT_COST):
        _lock(personal, private, passphrase)
    personal.failures = 0
    personal.save()
    return private


def _refuse_haste(personal: PersonalKey) -> None:
    until = _next_try(personal)
    if until and until > timezone.now():
        raise TooManyTries(until)


def _next_try(personal: PersonalKey) -> datetime | None:
    """After five wrong ones thirty seconds, then twice as long each time, at most an hour."""
    over = personal.failures - FREE_TRIES
    if over < 0 or personal.failed_at is None:
        return None
    return personal.failed_at + min(FIRST_PAUSE * 2 ** min(over, 10), LONGEST_PAUSE)


def _note_failure(personal: PersonalKey) -> None:
    personal.failures, personal.failed_at = min(personal.failures + 1, 1000), timezone.now()
    personal.save(update_fields=["failures", "failed_at"])
