"""What a cleaner hands back."""

from __future__ import annotations

from typing import NamedTuple


class Made(NamedTuple):
    """A copy: its media type, its content, how long it plays, and what of the original is not in it.

    `missing` has words of `victor.files.states.MissingPart`.
    """

    type: str
    content: bytes
    seconds: float = 0
    missing: tuple[str, ...] = ()
