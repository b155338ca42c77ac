"""What the desks refuse; the doors turn each into a message."""

from __future__ import annotations


class UnknownReceipt(Exception):
    """No report belongs to this receipt: there never was one, or it is no longer there. Nobody learns which."""


class TooManyChecks(Exception):
    """So many receipts are being checked that this one was not looked at."""
