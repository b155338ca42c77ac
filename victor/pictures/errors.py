"""What can be refused of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class InUse(Exception):
    """The picture is used, or a draft uses it, so it is not removed. `uses` says where."""

    def __init__(self, uses: Sequence[Any]) -> None:
        super().__init__(", ".join(str(use) for use in uses))
        self.uses = uses
