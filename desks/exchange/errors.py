"""What is refused about data that comes from others or leaves to them. The texts are for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal


@dataclass(frozen=True)
class FileFault:
    """What is wrong in a file: where, in which row of the standard or which column, and why."""

    place: str
    column: str
    reason: str


class UnreadableFile(DeskRefusal):
    """A file of cases is damaged, too large, or not what it should be. `faults`: what is wrong where."""

    text = gettext_lazy("The file cannot be brought in as it is. Nothing of it is stored.")

    def __init__(self, faults: Sequence[FileFault] = ()) -> None:
        super().__init__()
        self.faults = list(faults)
