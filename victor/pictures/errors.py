"""What can be refused of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class InUse(Exception):
    """A picture that something shows, or will show, is not removed; `uses` says what."""

    def __init__(self, uses: Sequence[Any]) -> None:
        super().__init__(", ".join(str(use) for use in uses))
        self.uses = uses
