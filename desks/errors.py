"""What desks refuse; the doors turn each into a message."""

from __future__ import annotations


class Misread(Exception):
    """What was typed is no receipt: of the wrong length, with a word that we do not use, or two that changed places."""

    LENGTH, UNKNOWN, CHECK = "length", "unknown", "check"

    def __init__(self, fault: str, word: str = "") -> None:
        super().__init__(fault)
        self.fault, self.word = fault, word


class UnknownReceipt(Exception):
    """No report belongs to this receipt: there never was one, or it is no longer there. Nobody learns which."""
