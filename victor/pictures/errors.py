"""What can be refused of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from victor.pictures.uses import PictureUse


class InUse(Exception):
    """The picture is used, or a draft uses it, so it is not removed. `uses` says where."""

    def __init__(self, uses: Sequence[PictureUse]) -> None:
        super().__init__(", ".join(str(use) for use in uses))
        self.uses = uses
