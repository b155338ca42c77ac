"""Keys of partners outside: one person registers what was sent and read aloud, another confirms it by telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.models import today
from desks.desk.querysets import require_key
from desks.packages.encryption import is_fingerprint_of, read_recipient
from desks.packages.errors import FingerprintDiffers, KeyKnown, KeyRemoved, NotTheReader
from desks.packages.locks import lock_key
from desks.packages.models import PartnerKey
from desks.packages.states import KeyState, RemovalReason
from victor.access import require
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from victor.accounts.models import User


@dataclass(frozen=True)
class KeyFacts:
    """Whose key it is, and the key as it was sent."""

    organisation: str
    function: str
    country: str
    recipient: str


@transaction.atomic
def register_key(desk: Desk, facts: KeyFacts, *, by: User) -> PartnerKey:
    """Write down the key of a partner. It cannot be used before another person has confirmed its fingerprint.

    Raises:
        PermissionDenied, NoDeskKey: `by` does not work at the desk, or holds no key of it.
        NotAKey: it is no key of age.
        KeyKnown: the desk has it already.
    """
    require(by, "desks.register_partner_key", desk)
    require_key(desk, by)
    recipient = read_recipient(facts.recipient)
    type(desk).objects.select_for_update(of=["self"]).get(pk=desk.pk)
    if PartnerKey.objects.in_use(desk).filter(recipient=recipient).exists():
        raise KeyKnown
    key = PartnerKey(desk=desk, recipient=recipient, country=facts.country, read_by=by, read_on=today())
    key.organisation, key.function = facts.organisation.strip(), facts.function.strip()
    save_stamped(key)
    record("partner_key.registered", key, by=by)
    return key


@transaction.atomic
def confirm_key(key: PartnerKey, heard: str, *, by: User) -> PartnerKey:
    """Another person has telephoned the partner and typed the fingerprint that the partner read aloud.

    Raises:
        PermissionDenied, NoDeskKey: `by` does not work at the desk, or holds no key of it.
        NotTheReader: it is the one who has registered it.
        KeyRemoved: it is used no more.
        FingerprintDiffers: what was heard is another fingerprint.
    """
    key = lock_key(key)
    require(by, "desks.register_partner_key", key.desk)
    require_key(key.desk, by)
    if key.state == KeyState.REMOVED:
        raise KeyRemoved
    if key.read_by_id == by.pk:
        raise NotTheReader
    if not is_fingerprint_of(key.recipient, heard):
        raise FingerprintDiffers
    if key.state == KeyState.PROPOSED:
        key.state, key.confirmed_by, key.confirmed_at = KeyState.CONFIRMED, by, timezone.now()
        update_stamped(key, "state", "confirmed_by", "confirmed_at")
        record("partner_key.confirmed", key, by=by)
    return key


@transaction.atomic
def remove_key(key: PartnerKey, reason: RemovalReason, *, by: User) -> PartnerKey:
    """Nothing is locked with this key any more. What was sent stays readable for whoever has it.

    Raises:
        PermissionDenied: `by` does not work at the desk.
        KeyRemoved: somebody was faster.
    """
    key = lock_key(key)
    require(by, "desks.register_partner_key", key.desk)
    if key.state == KeyState.REMOVED:
        raise KeyRemoved
    key.state, key.removed_by, key.removed_at = KeyState.REMOVED, by, timezone.now()
    key.removal_reason = reason
    update_stamped(key, "state", "removed_by", "removed_at", "removal_reason")
    record("partner_key.removed", key, by=by, reason=str(reason))
    return key
