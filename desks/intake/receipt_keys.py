"""What whoever holds a receipt can do: read answers, add words and files, ask for deletion, choose to be told.

What the reporter wrote is not read back to them: a receipt may be found by the person it is about.
"""

from __future__ import annotations

import hashlib
import hmac
from threading import BoundedSemaphore
from typing import NamedTuple

from django.conf import settings

from desks.intake.receipts import BYTES
from victor.access import System
from victor.vault import crypto
from victor.vault.crypto import Cost, PrivateKey

RECEIPT_HOLDER = System("receipt")
DERIVATION_SLOTS = BoundedSemaphore(
    2
)  # derivations in a process: its memory and its processors are not there for guessing


class ReceiptKeys(NamedTuple):
    """A receipt's two sides: `receipt_digest` is kept with the report, the private part nowhere."""

    receipt_digest: bytes
    private: PrivateKey


def derive_receipt_keys(receipt: int) -> ReceiptKeys:
    """The two sides of a receipt; always the same, and always as slow."""
    secret = _keyed("receipt", receipt.to_bytes(BYTES, "big"))
    salt = _keyed("salt", b"")[: crypto.SALT_BYTES]
    with DERIVATION_SLOTS:
        both = crypto.stretch(secret, salt, Cost(*settings.RECEIPT_COST), size=2 * crypto.KEY_BYTES)
    return ReceiptKeys(both[: crypto.KEY_BYTES], crypto.derive_private_key(both[crypto.KEY_BYTES :]))


def _keyed(purpose: str, value: bytes) -> bytes:
    return hmac.new(settings.RECEIPT_KEY.encode(), f"{purpose}:".encode() + value, hashlib.sha256).digest()
