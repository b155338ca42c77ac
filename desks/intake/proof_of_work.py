"""Reports and receipts are slowed, not refused: whoever sends much has to compute or to wait. Nobody solves a puzzle.

A form's ticket is a receipt, signed. The browser looks for a number that makes the ticket's digest begin with `BITS`
zeros while the person writes. Each ticket is good for one report, or for a few presses on the page of a receipt, so
that each flood costs that search anew. Where nothing was found, since scripts are off, the first of an hour pass as
they are and later ones from the same place wait for their turn.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, TimestampSigner

from desks.intake import receipts
from desks.intake.receipts import BYTES
from victor.forms.numbers import read_digits
from victor.server.states import MEMORY, RequestMemory
from victor.throttling import Throttle

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - its type only

BITS = 18
TICKET_VALIDITY = timedelta(hours=24)
MAX_USES = 5  # of one ticket: a press that is repeated, since the connection broke, is no flood
MAX_TICKETS = 100_000  # that are remembered
FREE_REPORTS_PER_HOUR = 3  # reports an hour from one place
FREE_CHECKS_PER_HOUR = 10  # presses with a receipt: opening, writing, asking to be told
SIGNER = TimestampSigner(salt="desks.report")


class TicketUses:
    """How often each ticket was used, in the memory of this process."""

    def __init__(self) -> None:
        self.counts: OrderedDict[bytes, int] = OrderedDict()
        self.counting = Lock()

    def use(self, ticket: str) -> bool:
        """Count one more use of a ticket. Return whether it had uses left."""
        digest = hashlib.sha256(ticket.encode()).digest()
        with self.counting:
            self.counts[digest] = self.counts.get(digest, 0) + 1
            while len(self.counts) > MAX_TICKETS:
                self.counts.popitem(last=False)
            return self.counts[digest] <= MAX_USES


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
    if read_digits(solution) is None:
        return False
    digest = hashlib.sha256(f"{ticket}:{solution}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - BITS) == 0


def use_proof(request: HttpRequest) -> bool:
    """Use the ticket of a form once more. Return whether it was solved and had uses left."""
    ticket, solution = request.POST.get("ticket", ""), request.POST.get("proof", "")
    memory: RequestMemory | None = request.META.get(MEMORY)
    has_waited = memory is not None and memory.waited > 0  # then the same press is here again
    return is_solved(ticket, solution) and (has_waited or USES.use(ticket))


USES = TicketUses()
THROTTLE = Throttle(FREE_REPORTS_PER_HOUR)
CHECK_THROTTLE = Throttle(FREE_CHECKS_PER_HOUR)
