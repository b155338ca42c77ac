"""What a certificate is verified by: 100 random bits, written so that they can be read from paper and typed.

The alphabet is Crockford's: no letter in it looks like a digit or another letter. Whoever types O for 0, or I for 1,
is understood.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 5  # of 5 bits each
MISREAD = str.maketrans("OIL", "011", " -‐‑–")


def new_code() -> str:
    """A random code: 7K3QF-0M2XA-9TCWE-R41ZB."""
    return _group_letters("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalised_code(typed: str) -> str:
    """A code as we write it, however it was typed."""
    return _group_letters(typed.upper().translate(MISREAD))


def is_whole_code(code: str) -> bool:
    """Whether it could be one of ours."""
    plain = code.replace("-", "")
    return len(plain) == LENGTH and set(plain) <= set(ALPHABET)


def _group_letters(plain: str) -> str:
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))
