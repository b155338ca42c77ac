"""Copies of what a record holds, under the key of another record: for who takes over the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped
from victor.vault.records.actions import encrypt_envelope, read_all
from victor.vault.records.models import Envelope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from victor.vault.keys.keyring import UnlockedVault
    from victor.vault.keys.models import Key
    from victor.vault.records.expectations import Expected


@transaction.atomic
def copy_envelopes(expected: Iterable[Expected], key: Key, *, by: UnlockedVault) -> dict[UUID, Envelope]:
    """Copy what was written into another record, each for the same purpose; by the primary key of the first.

    Raises:
        NoGrant: no grant leads to one of them from the unlocked key.
        Unopenable: something was altered, or one is not the envelope that was expected.
    """
    wanted = list(expected)
    originals = {one.envelope.pk: one.envelope for one in wanted}
    contents = read_all(wanted, by=by)
    copies = {
        pk: Envelope(key=key, purpose=original.purpose, written_at=original.written_at)
        for pk, original in originals.items()
    }
    for pk, copy in copies.items():
        encrypt_envelope(copy, contents[pk])
        save_stamped(copy)
    record("vault.copied", key, by=by.actor, envelopes=len(copies))
    return copies
