"""Writes an entry of the audit log."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from victor.access import Actor, System
from victor.audit.models import Chain, Entry, EventCount
from victor.stored_names import stored_reference

SEPARATOR = "\x1f"


@transaction.atomic
def record(action: str, obj: models.Model | str, *, by: Actor, **details: str | int | bool | None) -> Entry:
    """Append that `by` did `action` to `obj`. If this fails, the whole transaction is undone.

    `details` are states, codes and identifiers: never free text about a child, a caller or a colleague. The moment is
    the machine's own, even where the demo tells a story of earlier days.
    The chain has no gaps, so all writers wait here for the transaction before theirs to end. Call this last.

    Raises:
        Chain.DoesNotExist: the row that a migration has made is gone.
    """
    chain = Chain.objects.select_for_update().get(id=1)
    entry = Entry(
        sequence=chain.length + 1,
        at=datetime.now(UTC),
        action=action,
        actor=_name_actor(by),
        object=obj if isinstance(obj, str) else stored_reference(obj),
        details=json.dumps(details, ensure_ascii=False, sort_keys=True),
    )
    entry.digest = digest_of(entry, previous=chain.digest)
    entry.seal = seal_of(entry.digest)
    entry.save(force_insert=True)
    Chain.objects.filter(id=1).update(length=entry.sequence, digest=entry.digest, seal=seal_of_end(entry))
    return entry


@transaction.atomic
def record_hourly(action: str, obj: models.Model | str, *, by: Actor, **details: str | int | bool | None) -> None:
    """Record the first time in an hour, and count the others without waiting for the chain: see `record_counts`.

    For what anybody can cause as often as they like: wrong passwords, refused requests.
    """
    reference = obj if isinstance(obj, str) else stored_reference(obj)
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    row, is_first = EventCount.objects.get_or_create(hour=hour, action=action, object=reference)
    if is_first:
        record(action, reference, by=by, **details)
    else:
        EventCount.objects.filter(pk=row.pk).update(number=F("number") + 1)


@transaction.atomic
def record_counts(*, by: System) -> int:
    """Record how often things happened in hours that are over. Return how many entries were written."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    counts = list(EventCount.objects.select_for_update(skip_locked=True).filter(hour__lt=hour).order_by("pk"))
    EventCount.objects.filter(pk__in=[count.pk for count in counts]).delete()
    repeated = [count for count in counts if count.number > 1]
    for count in repeated:
        record(f"{count.action}.more", count.object, by=by, hour=count.hour.isoformat(), number=count.number - 1)
    return len(repeated)


def digest_of(entry: Entry, *, previous: str) -> str:
    """SHA-256 over the entry and the digest before it. The database computes the same."""
    at: datetime = entry.at.astimezone(UTC)
    columns = [previous, entry.sequence, at.strftime("%Y-%m-%dT%H:%M:%S.%f")]
    columns += [entry.action, entry.actor, entry.object, entry.details]
    return hashlib.sha256(SEPARATOR.join(map(str, columns)).encode()).hexdigest()


def seal_of(digest: str) -> str:
    """The HMAC of a digest, made with a key that is not in the database."""
    return hmac.new(settings.AUDIT_KEY.encode(), digest.encode(), hashlib.sha256).hexdigest()


def seal_of_end(last: Entry) -> str:
    """The HMAC of the chain's length and digest.

    It is not the seal of the last entry: with that, somebody could cut the chain off there.
    """
    return seal_of(f"end:{last.sequence}:{last.digest}")


def _name_actor(by: Actor) -> str:
    return stored_reference(by) if isinstance(by, models.Model) else str(by)
