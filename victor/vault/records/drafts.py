"""Drafts that a page saves by itself while somebody writes."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from victor.access import Actor
from victor.audit.actions import record
from victor.stored_names import stored_reference
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import encrypt_envelope
from victor.vault.records.models import Envelope, SealedFile, vault_storage


@transaction.atomic
def rewrite_envelope(envelope: Envelope, content: object) -> None:
    """Write a draft anew, with another data key, in the place of what it held. The log does not note it.

    For what a page saves by itself while somebody writes; the caller notes that it was begun and finished.

    Raises:
        Unopenable: somebody else has made or changed it.
    """
    verify_stamp(envelope)
    encrypt_envelope(envelope, content)
    envelope.written_at = timezone.now()
    update_stamped(envelope, "sealed_key", "content", "written_at")


@transaction.atomic
def follow_envelope(envelope: Envelope, content: object) -> Envelope:
    """Write a draft anew in an envelope that follows another, which the caller then drops. The log does not note it.

    A page that shows the earlier one is seen to be stale by that. Raises as above.
    """
    verify_stamp(envelope)
    later = Envelope(key=envelope.key, purpose=envelope.purpose)
    encrypt_envelope(later, content)
    save_stamped(later)
    return later


@transaction.atomic
def erase_file(sealed: SealedFile, *, by: Actor) -> None:
    """Delete a file of a draft, for ever. The caller has checked who may, and that no row needs it any more."""
    reference, name = stored_reference(sealed), str(sealed.file)
    sealed.delete()
    transaction.on_commit(partial(vault_storage().delete, name))
    record("vault.erased", reference, by=by, purpose="file")
