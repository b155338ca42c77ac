"""Reports are slowed, not refused: whoever sends much has to compute or to wait, and nobody has to solve a puzzle.

A form's ticket is its receipt, signed. The browser looks for a number that makes the ticket's digest begin with
`BITS` zeros while the person writes; each ticket is good for one report, so that each report costs that search anew.
Where nothing was found, since scripts are off, the first reports of an hour pass as they are and later ones from the
same place wait a moment.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

from desks.intake import receipts
from desks.intake.receipts import BYTES
from victor.throttling import Throttle

BITS = 18
TICKET_VALIDITY = timedelta(hours=24)
FREE_REPORTS_PER_HOUR = 3  # reports an hour from one place
SIGNER = TimestampSigner(salt="desks.report")


def new_ticket() -> str:
    """A ticket for a form, with a new receipt in it."""
    return SIGNER.sign(receipts.new_receipt().to_bytes(BYTES, "big").hex())


def receipt_of(ticket: str) -> int | None:
    """The receipt in a ticket of ours, whatever its age."""
    try:
        return int(SIGNER.unsign(ticket), 16)
    except BadSignature:
        return None


def is_solved(ticket: str, solution: str) -> bool:
    """Whether the browser has found what was asked, for a ticket of the last day."""
    try:
        SIGNER.unsign(ticket, max_age=TICKET_VALIDITY)
    except BadSignature:
        return False
    if not (solution.isascii() and solution.isdigit() and len(solution) < 20):
        return False
    digest = hashlib.sha256(f"{ticket}:{solution}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - BITS) == 0


THROTTLE = Throttle(FREE_REPORTS_PER_HOUR)
