"""Drafts that a page saves by itself while somebody writes."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone

from victor.vault import crypto
from victor.vault.keys.keyring import public_key_of, save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import context_of
from victor.vault.records.models import Envelope


@transaction.atomic
def rewrite_envelope(envelope: Envelope, content: object) -> None:
    """Write a draft anew, with another data key, in the place of what it held. The log does not note it.

    For what a page saves by itself while somebody writes; the caller notes that it was begun and finished.

    Raises:
        Unopenable: somebody else has made or changed it.
    """
    verify_stamp(envelope)
    _encrypt(envelope, content)
    envelope.written_at = timezone.now()
    update_stamped(envelope, "sealed_key", "content", "written_at")


@transaction.atomic
def follow_envelope(envelope: Envelope, content: object) -> Envelope:
    """Write a draft anew in an envelope that follows another, which the caller then drops. The log does not note it.

    A page that shows the earlier one is seen to be stale by that. Raises as above.
    """
    verify_stamp(envelope)
    later = Envelope(key=envelope.key, purpose=envelope.purpose)
    _encrypt(later, content)
    save_stamped(later)
    return later


def _encrypt(envelope: Envelope, content: object) -> None:
    data_key, plain = crypto.new_key(), json.dumps(content, ensure_ascii=False).encode()
    envelope.sealed_key = crypto.seal(data_key, public_key_of(envelope.key))
    envelope.content = crypto.encrypt(crypto.pad(plain), data_key, context=context_of(envelope))
