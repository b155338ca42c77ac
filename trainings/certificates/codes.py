"""Codes that verify a certificate: 100 random bits, written so that people can read them on paper and type them.

The alphabet is Crockford's Base32: no letter looks like a digit or another letter. O typed for 0, and I or L for 1, are
understood. Source: https://www.crockford.com/base32.html
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 5  # letters of 5 bits each
MISREAD = str.maketrans("OIL", "011", " -‐‑–")


def new_code() -> str:
    """A random code: 7K3QF-0M2XA-9TCWE-R41ZB."""
    return _group_letters("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalised_code(typed: str) -> str:
    """A typed code as the certificate shows it: in capitals, in groups of five."""
    return _group_letters(typed.upper().translate(MISREAD))


def is_whole_code(code: str) -> bool:
    """Whether a code has the length and the alphabet of our codes."""
    plain = code.replace("-", "")
    return len(plain) == LENGTH and set(plain) <= set(ALPHABET)


def _group_letters(plain: str) -> str:
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))
