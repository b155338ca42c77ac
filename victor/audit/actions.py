"""Write an entry."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from victor.audit.models import Chain, Entry
from victor.stored_names import stored_reference

SEPARATOR = "\x1f"


@transaction.atomic
def record(action: str, obj: models.Model | str, *, by: Any, **details: str | int | bool | None) -> Entry:
    """Append that `by` (a user or the `System`) did `action` to `obj`; what is told of is undone if this fails.

    `details` are states, codes and identifiers: never free text about a child, a caller or a colleague.
    Writers wait for each other until their transactions end, so that the chain has no gaps.
    """
    chain, _begun = Chain.objects.select_for_update().get_or_create(id=1)
    entry = Entry(
        sequence=chain.length + 1,
        at=timezone.now(),
        action=action,
        actor=_name(by),
        object=_name(obj),
        details=json.dumps(details, ensure_ascii=False, sort_keys=True),
    )
    entry.digest = digest_of(entry, previous=chain.digest)
    entry.seal = seal_of(entry.digest)
    entry.save(force_insert=True)
    Chain.objects.filter(id=1).update(length=entry.sequence, digest=entry.digest, seal=seal_of_end(entry))
    return entry


def digest_of(entry: Entry, *, previous: str) -> str:
    """SHA-256 over the entry and the digest before it, as the database computes it too."""
    at: datetime = entry.at.astimezone(UTC)
    columns = [previous, entry.sequence, at.strftime("%Y-%m-%dT%H:%M:%S.%f")]
    columns += [entry.action, entry.actor, entry.object, entry.details]
    return hashlib.sha256(SEPARATOR.join(map(str, columns)).encode()).hexdigest()


def seal_of(digest: str) -> str:
    """The HMAC of a digest with the key that the database does not hold."""
    return hmac.new(settings.AUDIT_KEY.encode(), digest.encode(), hashlib.sha256).hexdigest()


def seal_of_end(last: Entry) -> str:
    """The HMAC of the chain's length and digest: not the last entry's own, with which the chain could be cut there."""
    return seal_of(f"end:{last.sequence}:{last.digest}")


def _name(thing: Any) -> str:
    if isinstance(thing, models.Model):
        return stored_reference(thing)
    return str(thing)
