"""What is derived from a receipt: the digest that is stored, and the key that opens the report.

Derivations are slow on purpose. They run in a few threads of their own, which give way to everything else on the
machine. Reports wait for their turn: those with a proof of work apart, and words apart from files. Receipts that
somebody types have a thread apart, for which a few may wait; more are refused at once (`TooManyChecks`), so that
guesses occupy neither the site's threads nor those of the reports.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, get_native_id
from typing import NamedTuple

from django.conf import settings

from desks.intake.errors import TooManyChecks
from desks.intake.receipts import BYTES
from victor.server.turns import TURNS
from victor.vault import crypto
from victor.vault.crypto import Cost, PrivateKey

CHECK_THREADS = 1
MAX_CHECKS = 4  # receipts that are checked or wait for it, in a process
MAX_UNPROVEN_CHECKS = 2  # of these without a proof of work
PROVEN_NICENESS, WORDS_NICENESS, FILES_NICENESS, CHECK_NICENESS = 0, 1, 8, 8
CROWD = 2  # from so many checks at once on, they give way to everything else on the machine


class ReceiptKeys(NamedTuple):
    """A receipt's two sides: `receipt_digest` is stored with the report, the private part nowhere."""

    receipt_digest: bytes
    private: PrivateKey


class DerivationThreads:
    """Threads that do nothing but derive keys, with less priority than the site's."""

    def __init__(self, count: int, *, niceness: int, gives_way: bool = False) -> None:
        self.pool = ThreadPoolExecutor(count, "receipts", initializer=_lower_priority, initargs=(niceness, gives_way))

    def derive(self, receipt: int) -> ReceiptKeys:
        """The two sides of a receipt, after those that came before."""
        secret = _keyed("receipt", receipt.to_bytes(BYTES, "big"))
        salt = _keyed("salt", b"")[: crypto.SALT_BYTES]
        cost = Cost(*settings.RECEIPT_COST)
        derivation = self.pool.submit(crypto.stretch, secret, salt, cost, size=2 * crypto.KEY_BYTES)
        with TURNS.given_away():
            derived = derivation.result()
        return ReceiptKeys(derived[: crypto.KEY_BYTES], crypto.derive_private_key(derived[crypto.KEY_BYTES :]))


def derive_receipt_keys(receipt: int, *, threads: DerivationThreads | None = None) -> ReceiptKeys:
    """The two sides of a report's receipt: always the same, and always as slow. Call it outside any transaction."""
    return (threads or FOR_PROVEN).derive(receipt)


def derive_typed_receipt_keys(receipt: int, *, is_proven: bool) -> ReceiptKeys:
    """The same for a receipt that somebody has typed. Whoever brings a proof of work finds more room.

    Raises:
        TooManyChecks: so many others are being checked; nothing was derived.
    """
    with contextlib.ExitStack() as stack:
        for places in [_checks] if is_proven else [_unproven, _checks]:
            if not places.acquire(blocking=False):
                raise TooManyChecks
            stack.callback(places.release)
        is_crowd = MAX_CHECKS - _checks._value >= CROWD
        return (FOR_CROWDED_CHECKS if is_crowd else FOR_CHECKS).derive(receipt)


def _keyed(purpose: str, value: bytes) -> bytes:
    return hmac.new(settings.RECEIPT_KEY.encode(), f"{purpose}:".encode() + value, hashlib.sha256).digest()


def _lower_priority(niceness: int, gives_way: bool) -> None:
    """Lower the priority of this thread. One that gives way runs only where nothing else wants to."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, get_native_id(), niceness)
        if gives_way:
            os.sched_setscheduler(get_native_id(), os.SCHED_IDLE, os.sched_param(0))


# A flood in one of these holds up none of the others: reports with a proof of work; without one, words and files.
FOR_PROVEN = DerivationThreads(1, niceness=PROVEN_NICENESS)
FOR_WORDS = DerivationThreads(1, niceness=WORDS_NICENESS)
FOR_FILES = DerivationThreads(1, niceness=FILES_NICENESS)
FOR_CHECKS = DerivationThreads(CHECK_THREADS, niceness=CHECK_NICENESS)
FOR_CROWDED_CHECKS = DerivationThreads(CHECK_THREADS, niceness=CHECK_NICENESS, gives_way=True)
_checks, _unproven = BoundedSemaphore(MAX_CHECKS), BoundedSemaphore(MAX_UNPROVEN_CHECKS)
