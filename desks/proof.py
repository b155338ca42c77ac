"""Floods are slowed, not refused: whoever sends much has to compute or to wait, and nobody has to solve a puzzle.

A form's ticket is its receipt, signed. The browser looks for a number that makes the ticket's digest begin with
`BITS` zeros while the person writes; each ticket is good for one report, so that each report costs that search anew.
Where nothing was found, since scripts are off, the first reports of an hour pass as they are and later ones from the
same place wait a moment, one at a time. Where a report came from is kept in the memory of this process only, as a
digest with a salt that is thrown away every hour.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import Counter
from datetime import timedelta
from threading import BoundedSemaphore, Lock

from django.core.signing import BadSignature, TimestampSigner

from desks import receipts
from desks.receipts import BYTES

BITS = 18
FRESH = timedelta(hours=24)
FREE = 3  # reports an hour from one place
STEP, LONGEST = 0.25, 2.0  # seconds
HOUR = 3600.0
SIGNER = TimestampSigner(salt="desks.report")


def new_ticket() -> str:
    """A ticket for a form, with a new receipt in it."""
    return SIGNER.sign(receipts.new().to_bytes(BYTES, "big").hex())


def receipt_of(ticket: str) -> int | None:
    """The receipt in a ticket of ours, whatever its age."""
    try:
        return int(SIGNER.unsign(ticket), 16)
    except BadSignature:
        return None


def is_solved(ticket: str, solution: str) -> bool:
    """Whether the browser has found what was asked, for a ticket of the last day."""
    try:
        SIGNER.unsign(ticket, max_age=FRESH)
    except BadSignature:
        return False
    if not (solution.isascii() and solution.isdigit() and len(solution) < 20):
        return False
    digest = hashlib.sha256(f"{ticket}:{solution}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - BITS) == 0


class Haste:
    """How many reports came without a proof from where within this hour."""

    def __init__(self) -> None:
        self.counts: Counter[bytes] = Counter()
        self.salt, self.since = secrets.token_bytes(32), time.monotonic()
        self.counting, self.waiting = Lock(), BoundedSemaphore(1)

    def slow(self, place: str) -> bool:
        """Let one more from there wait as long as it has to; whether there were too many."""
        over = self._noted(place) - FREE
        if over <= 0:
            return False
        if self.waiting.acquire(blocking=False):  # others pass at once: waiting must not take every thread
            try:
                time.sleep(min(STEP * over, LONGEST))
            finally:
                self.waiting.release()
        return True

    def _noted(self, place: str) -> int:
        with self.counting:
            if time.monotonic() - self.since > HOUR:
                self.counts.clear()
                self.salt, self.since = secrets.token_bytes(32), time.monotonic()
            digest = hmac.new(self.salt, place.encode(), hashlib.sha256).digest()
            self.counts[digest] += 1
            return self.counts[digest]


HASTE = Haste()
