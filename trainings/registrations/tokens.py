"""Signed addresses: whoever has one acts for a registration, without an account.

An address names its registration by number and carries a signature. What it allows depends on where the registration
is when it is opened, so that an address that was used is not dangerous: it says what has become of the place. That of
a place goes by e-mail, and is signed for the address to which it went: where that was a stranger's and is corrected,
the stranger's leads nowhere.
"""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer

CHECK_IN_SIGNER = Signer(salt="trainings.check_in")


def sign_number(number: int, purpose: Signer) -> str:
    """The part of an address that names and proves."""
    return purpose.sign(str(number))


def read_signed_number(token: str, purpose: Signer) -> int | None:
    """The number in it; None where it is not ours or was made for something else."""
    try:
        return int(purpose.unsign(token))
    except (BadSignature, ValueError):
        return None


def place_token(registration: Any) -> str:
    """The part of the address of somebody's place that names and proves."""
    return sign_number(registration.pk, _signer_for(registration))


def claimed_number(token: str) -> int | None:
    """The number that an address of a place says it is of; nothing is proved yet."""
    number = token.partition(":")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None


def is_token_of(token: str, registration: Any) -> bool:
    """Whether it was made for this registration and the e-mail address that it has now."""
    return read_signed_number(token, _signer_for(registration)) == registration.pk


def _signer_for(registration: Any) -> Signer:
    return Signer(salt=f"trainings.place:{registration.email.lower()}")
