"""What the vault costs: whoever guesses passphrases, and whoever works with it. Prints JSON."""

from __future__ import annotations

import json
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from victor.vault import crypto

REPEATS = 5
MEGABYTE = 1_000_000
FILE = 20 * MEGABYTE
TEXT = b"x" * 4000


def figures() -> dict[str, float]:
    """Each with its name and unit."""
    before, cost = _peak(), crypto.Cost(*settings.VAULT_COST)
    private, key = crypto.new_private_key(), crypto.new_key()
    sealed = crypto.seal(key, private.public)
    guess = _median(lambda: crypto.derive("five words for a bench", bytes(crypto.SALT_BYTES), cost))
    memory = _peak() - before
    encrypted = crypto.encrypt(TEXT, key, context="bench")
    stream = list(crypto.encrypt_stream([bytes(FILE)], key, context="bench"))
    return {
        "vault: one guess of a passphrase (Argon2id), s": guess,
        "vault: memory for it, MB": memory,
        "vault: seal a key, ms": 1000 * _median(lambda: crypto.seal(key, private.public)),
        "vault: open a sealed key, ms": 1000 * _median(lambda: crypto.unseal(sealed, private)),
        "vault: decrypt an envelope of 4 kB, ms": 1000
        * _median(lambda: crypto.decrypt(encrypted, key, context="bench")),
        "vault: a file decrypted, MB/s": 20
        / _median(lambda: list(crypto.decrypt_stream(stream, key, context="bench"))),
    }


def _median(work: Callable[[], Any]) -> float:
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _peak() -> float:
    """The most memory that this process has ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


if __name__ == "__main__":
    print(json.dumps(figures()))
