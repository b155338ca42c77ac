"""The code with which somebody outside confirms that a package has come, without an account."""

from __future__ import annotations

import hashlib
import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks like another
GROUPS, GROUP = 4, 4
LENGTH = GROUPS * GROUP


def new_code() -> str:
    """A new code, in groups of four: about 79 bits."""
    code = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def normalised_code(text: str) -> str:
    """The code that somebody has typed, in capital letters and without what stands between the groups."""
    return "".join(sign for sign in text.upper() if sign in SIGNS)


def is_whole_code(code: str) -> bool:
    """Whether it could be one."""
    return len(code) == LENGTH


def digest_of(code: str) -> str:
    """What is stored of a code. It is random, so nobody finds it by trying."""
    return hashlib.sha256(b"package:" + normalised_code(code).encode()).hexdigest()
