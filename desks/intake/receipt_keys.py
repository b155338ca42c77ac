"""What is derived from a receipt: the digest that is stored, and the key that opens the report."""

from __future__ import annotations

import hashlib
import hmac
from threading import BoundedSemaphore
from typing import NamedTuple

from django.conf import settings

from desks.intake.receipts import BYTES
from victor.vault import crypto
from victor.vault.crypto import Cost, PrivateKey

# So many derivations run at once in a process: its memory and processors are not there for guessing.
DERIVATION_SLOTS = BoundedSemaphore(2)


class ReceiptKeys(NamedTuple):
    """A receipt's two sides: `receipt_digest` is stored with the report, the private part nowhere."""

    receipt_digest: bytes
    private: PrivateKey


def derive_receipt_keys(receipt: int) -> ReceiptKeys:
    """The two sides of a receipt: always the same, and always as slow. Call it outside any transaction."""
    secret = _keyed("receipt", receipt.to_bytes(BYTES, "big"))
    salt = _keyed("salt", b"")[: crypto.SALT_BYTES]
    with DERIVATION_SLOTS:
        derived = crypto.stretch(secret, salt, Cost(*settings.RECEIPT_COST), size=2 * crypto.KEY_BYTES)
    return ReceiptKeys(derived[: crypto.KEY_BYTES], crypto.derive_private_key(derived[crypto.KEY_BYTES :]))


def _keyed(purpose: str, value: bytes) -> bytes:
    return hmac.new(settings.RECEIPT_KEY.encode(), f"{purpose}:".encode() + value, hashlib.sha256).digest()
