"""Reads the whole chain and reports each entry that was altered, is missing or was inserted."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from django.db.models import QuerySet, Subquery

from victor.audit.actions import digest_of, seal_of, seal_of_end
from victor.audit.models import Chain, Entry

if TYPE_CHECKING:
    from typing import TypeAlias

    from django_stubs_ext import WithAnnotations

    EntryAtEnd: TypeAlias = WithAnnotations[Entry, "EndOfChain"]

NO_ENTRIES = "there is no entry: nothing was recorded yet, or everything was taken away"


class EndOfChain(TypedDict):
    """The columns of the chain's end, beside those of each entry. None where the row is gone."""

    end_length: int | None
    end_digest: str
    end_seal: str


def find_faults() -> Iterator[str]:
    """Describe each fault, in the order of the chain. Yields nothing when the chain is whole.

    Other processes may write entries at the same time.
    """
    expected_length = Chain.objects.values_list("length", flat=True).first() or 0
    last = None
    for entry in _entries_and_end().iterator(chunk_size=2000):
        yield from _check_entry(entry, last)
        last = entry
    if last:
        yield from _check_end(last)
    else:
        yield f"entries 1 to {expected_length} are missing" if expected_length else NO_ENTRIES


def _entries_and_end() -> QuerySet[EntryAtEnd]:
    """The entries, each with the end of the chain. It is one statement, so that both are of the same moment."""
    end = Chain.objects.filter(id=1)
    return Entry.objects.order_by("sequence").annotate(
        end_length=Subquery(end.values("length")),
        end_digest=Subquery(end.values("digest")),
        end_seal=Subquery(end.values("seal")),
    )


def _check_entry(entry: Entry, previous: Entry | None) -> Iterator[str]:
    expected = previous.sequence + 1 if previous else 1
    if entry.sequence > expected:
        yield f"entries {expected} to {entry.sequence - 1} are missing"
    elif entry.digest != digest_of(entry, previous=previous.digest if previous else "") or entry.sequence < expected:
        yield f"entry {entry.sequence} was altered or slipped in"
    elif not hmac.compare_digest(entry.seal, seal_of(entry.digest)):
        yield f"entry {entry.sequence} was not written by the portal"


def _check_end(last: EntryAtEnd) -> Iterator[str]:
    if last.end_length != last.sequence:
        yield f"the chain has {last.sequence} entries and should have {last.end_length or 0}"
    elif last.end_digest != last.digest or not hmac.compare_digest(last.end_seal, seal_of_end(last)):
        yield f"the end of the chain at entry {last.sequence} was altered"
