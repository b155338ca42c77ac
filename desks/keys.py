"""What a receipt opens: by what its report is found, and the private part that opens it.

Both come from one derivation that is slow, takes memory, and needs a key outside the database: whoever has the whole
database cannot try receipts at all, and whoever has the key too pays for every single guess.
"""

from __future__ import annotations

import hashlib
import hmac
from threading import BoundedSemaphore
from typing import NamedTuple

from django.conf import settings

from desks.receipts import BYTES
from victor.vault import crypto
from victor.vault.crypto import Cost, Private

AT_ONCE = BoundedSemaphore(2)  # derivations in a process: its memory and its processors are not there for guessing


class Derived(NamedTuple):
    """A receipt's two sides: `lookup` is kept with the report, the private part nowhere."""

    lookup: bytes
    private: Private


def derived(receipt: int) -> Derived:
    """The two sides of a receipt; always the same, and always as slow."""
    secret = _keyed("receipt", receipt.to_bytes(BYTES, "big"))
    salt = _keyed("salt", b"")[: crypto.SALT_BYTES]
    with AT_ONCE:
        both = crypto.stretched(secret, salt, Cost(*settings.RECEIPT_COST), size=2 * crypto.KEY_BYTES)
    return Derived(both[: crypto.KEY_BYTES], crypto.private_from(both[crypto.KEY_BYTES :]))


def _keyed(purpose: str, value: bytes) -> bytes:
    return hmac.new(settings.RECEIPT_KEY.encode(), f"{purpose}:".encode() + value, hashlib.sha256).digest()
