"""What can be refused of a file."""

from __future__ import annotations

from victor.files.states import UploadFault


class FileRefused(Exception):
    """A file is refused, with the reason."""

    def __init__(self, fault: UploadFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class UnreadableTable(Exception):
    """A table that somebody brings cannot be read; its text says why, for that person."""


class UnclearEncoding(Exception):
    """The letters of a text file can be read in several ways: `readings` shows how it begins in each."""

    def __init__(self, readings: dict[str, str]) -> None:
        super().__init__(readings)
        self.readings = readings
