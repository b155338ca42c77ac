"""Floods are slowed, not refused: whoever sends much from one place waits a moment, one at a time.

Where something came from is kept in the memory of this process only, as a digest with a salt that is thrown away every
hour.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import Counter
from threading import BoundedSemaphore, Lock
from typing import Any

from django.conf import settings

DELAY_STEP, MAX_DELAY = 0.25, 2.0  # seconds
HOUR = 3600.0


class Throttle:
    """How many came from where within this hour; the first `free` do not wait."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.counts: Counter[bytes] = Counter()
        self.salt, self.since = secrets.token_bytes(32), time.monotonic()
        self.counting, self.waiting = Lock(), BoundedSemaphore(1)

    def slow(self, place: str) -> bool:
        """Let one more from there wait as long as it has to; whether there were too many."""
        over = self._noted(place) - self.free
        if over <= 0:
            return False
        if self.waiting.acquire(blocking=False):  # others pass at once: waiting must not take every thread
            try:
                time.sleep(min(DELAY_STEP * over, MAX_DELAY))
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


def client_ip(request: Any) -> str:
    """Where a request comes from, as the farthest proxy that we trust has seen it.

    Not by allauth's own function: it fails where a request has passed fewer proxies, and no report is refused.
    """
    passed = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT or 0
    return passed[-trusted] if 0 < trusted <= len(passed) else request.META.get("REMOTE_ADDR", "")
