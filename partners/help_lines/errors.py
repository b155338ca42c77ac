from __future__ import annotations


class DataFault(Exception):
    """A data file cannot be loaded: which file, which line, and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
