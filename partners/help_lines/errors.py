"""What can be wrong with a data file."""

from __future__ import annotations


class DataFault(Exception):
    """A data file cannot be loaded: the file, the line, and the reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
