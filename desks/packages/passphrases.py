"""Six words that unlock a package and are told by telephone."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

WORD_LIST = Path(__file__).parent.parent / "data" / "passphrase_words.txt"
WORDS = 6  # of more than 2 700: about 68 bits


@cache
def word_list() -> tuple[str, ...]:
    """All words that can come up."""
    lines = WORD_LIST.read_text().splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def new_passphrase() -> str:
    """Six random words. They are shown once and stored nowhere."""
    return " ".join(secrets.choice(word_list()) for _word in range(WORDS))
