"""Copies of files without their metadata, made by a process of their own."""

from __future__ import annotations

from typing import NamedTuple

from victor.files.metadata.errors import NoCopy
from victor.files.sandbox import SandboxFailed, run_in_sandbox


class CleanCopy(NamedTuple):
    """A copy without metadata: its type and content, how long it plays, and what of the original is not in it."""

    type: str
    content: bytes
    seconds: float
    missing: tuple[str, ...]


def make_clean_copy(content: bytes, *, seconds: float = 25.0) -> CleanCopy:
    """A copy of a file without its metadata, made within so many seconds.

    Raises:
        NoCopy: its format is unknown, it is damaged or locked, it takes too much, or too many others are being made.
    """
    try:
        answer = run_in_sandbox("copy", content, seconds=seconds)
        about = answer.about
        return CleanCopy(str(about["type"]), answer.content, float(str(about["seconds"])), _words(about["missing"]))
    except (SandboxFailed, KeyError, TypeError, ValueError) as failure:
        raise NoCopy from failure


def _words(values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
