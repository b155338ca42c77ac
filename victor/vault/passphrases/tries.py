"""Wrong passphrases and passkeys cost time: five are free, then each has to wait longer than the one before.

What was wrong is counted on the person. A new key starts no new count: otherwise somebody at an unlocked browser
could set a key aside to guess on without a pause.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from victor.accounts.models import User
from victor.vault.errors import TooManyTries
from victor.vault.keys.models import PassphraseTries

FREE_TRIES = 5
FIRST_PAUSE = timedelta(seconds=30)
MAX_PAUSE = timedelta(hours=1)
MAX_FAILURES = 1000  # counted no further


def lock_tries(user: User, *, of_old_keys: bool) -> PassphraseTries:
    """The tries of a person, locked: for the key in use, or for those that were set aside."""
    PassphraseTries.objects.get_or_create(user=user, of_old_keys=of_old_keys)
    return PassphraseTries.objects.select_for_update().get(user=user, of_old_keys=of_old_keys)


def refuse_early_try(tries: PassphraseTries) -> None:
    """Refuse a try before its time.

    Raises:
        TooManyTries: 30 seconds after the fifth wrong one are not over, then twice as long each time, up to an hour.
    """
    until = _next_try(tries)
    if until and until > timezone.now():
        raise TooManyTries(until)


def note_try(tries: PassphraseTries, *, right: bool) -> None:
    """Count a wrong passphrase or passkey; a right one ends the count."""
    if right:
        tries.failures, tries.failed_at = 0, None
    else:
        tries.failures, tries.failed_at = min(tries.failures + 1, MAX_FAILURES), timezone.now()
    tries.save(update_fields=["failures", "failed_at"])


def carry_over_failures(user: User) -> None:
    """Count what was typed wrong for the key in use against the old keys too, to which it is about to belong."""
    in_use, old = (lock_tries(user, of_old_keys=of_old_keys) for of_old_keys in (False, True))
    if in_use.failures > old.failures:
        old.failures, old.failed_at = in_use.failures, in_use.failed_at
        old.save(update_fields=["failures", "failed_at"])


def _next_try(tries: PassphraseTries) -> datetime | None:
    over = tries.failures - FREE_TRIES
    if over < 0 or tries.failed_at is None:
        return None
    return tries.failed_at + min(FIRST_PAUSE * 2 ** min(over, 10), MAX_PAUSE)
