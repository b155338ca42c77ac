"""Signed addresses: whoever has one acts for a registration, without an account.

An address names its registration by number and carries a signature. What it allows depends on where the registration
is when it is opened, so that an address that was used is not dangerous: it says what has become of the place.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

PLACE = Signer(salt="trainings.place")
CHECK_IN = Signer(salt="trainings.check_in")


def signed(number: int, purpose: Signer = PLACE) -> str:
    """The part of the address that names and proves."""
    return purpose.sign(str(number))


def read(token: str, purpose: Signer = PLACE) -> int | None:
    """The number in it; None where it is not ours or was made for something else."""
    try:
        return int(purpose.unsign(token))
    except (BadSignature, ValueError):
        return None
