"""Read the whole chain and tell each entry that was altered, is missing or was slipped in."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from victor.audit.actions import digest_of, seal_of
from victor.audit.models import Chain, Entry


def faults() -> Iterator[str]:
    """Each fault in words, in the order of the chain; nothing when the chain is whole."""
    previous, expected = "", 1
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield f"entries {expected} to {entry.sequence - 1} are missing"
        elif not _is_genuine(entry, previous):
            yield f"entry {entry.sequence} was altered or slipped in"
        previous, expected = entry.digest, entry.sequence + 1
    chain = Chain.objects.filter(id=1).first()
    length = chain.length if chain else 0
    if length != expected - 1:
        yield f"the chain has {expected - 1} entries and should have {length}"
    elif chain and length and not (chain.digest == previous and hmac.compare_digest(chain.seal, seal_of(previous))):
        yield "the end of the chain was altered"


def _is_genuine(entry: Entry, previous: str) -> bool:
    return entry.digest == digest_of(entry, previous=previous) and hmac.compare_digest(
        entry.seal, seal_of(entry.digest)
    )
