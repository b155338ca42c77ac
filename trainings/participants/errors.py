"""What a file with a list of participants may lack."""

from __future__ import annotations


class UnreadableSpreadsheet(Exception):
    """The file cannot be read; its text says why, for the person who brought it."""


class UnclearEncoding(Exception):
    """The letters of a text file can be read in several ways: `readings` shows how it begins in each."""

    def __init__(self, readings: dict[str, str]) -> None:
        super().__init__(readings)
        self.readings = readings
