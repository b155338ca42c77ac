"""Reads the whole chain and reports each entry that was altered, is missing or was inserted."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from victor.access import require
from victor.audit.actions import digest_of, record, seal_of, seal_of_end
from victor.audit.anchors import find_moved_anchors, stored_lines
from victor.audit.models import Chain, Entry

if TYPE_CHECKING:
    from typing import TypeAlias

    from django_stubs_ext import WithAnnotations

    from victor.access import Actor, System

    EntryAtEnd: TypeAlias = WithAnnotations[Entry, "EndOfChain"]

LOG = "audit.log"  # the log itself, as the object of an entry
LONGEST_VERIFICATION = timedelta(hours=1)  # one that has not ended after that is asked for again
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


@transaction.atomic
def ask_verification(*, by: Actor) -> bool:
    """Note that somebody asks for a verification. Return whether the worker has to be asked: False while one runs."""
    require(by, "audit.read_log")
    Chain.objects.select_for_update().get(id=1)
    if waits_for_verification():
        return False
    record("audit.verification_asked", LOG, by=by)
    return True


def record_verification(*, by: System) -> int:
    """Read the whole log, compare it with the anchors, and write down what was seen. Return the number of faults."""
    lines = stored_lines()
    faults = sum(1 for _fault in find_faults()) + sum(1 for _fault in find_moved_anchors(lines))
    record("audit.verified", LOG, by=by, entries=Entry.objects.count(), anchors=len(lines), faults=faults)
    return faults


def latest_verification() -> Entry | None:
    """The entry of the last verification."""
    return Entry.objects.filter(object=LOG, action="audit.verified").order_by("-sequence").first()


def waits_for_verification() -> bool:
    """Whether a verification was asked for that has not ended, and not so long ago that it never will."""
    last = Entry.objects.filter(object=LOG).order_by("-sequence").first()
    if last is None or last.action != "audit.verification_asked":
        return False
    return last.at > timezone.now() - LONGEST_VERIFICATION


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
