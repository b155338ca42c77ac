"""What can be refused."""

from __future__ import annotations


class PeriodNotOver(Exception):
    """The half-year is running, or late entries may still come. Its figures are not shown yet."""


class NotRecorded(Exception):
    """Nobody has recorded what would be counted for this half-year."""
