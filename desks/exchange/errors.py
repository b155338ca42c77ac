"""What is refused about data that comes from others or leaves to them. The texts are for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal


@dataclass(frozen=True)
class FileFault:
    """What is wrong in a file: where, in which row of the standard or which column, and why."""

    place: str
    column: str
    reason: str


@dataclass(frozen=True)
class UnknownCell:
    """A value of a file that the standard does not know, or a row that it does not have: `has_row` tells which."""

    place: str
    column: str
    value: str
    has_row: bool

    @property
    def fault(self) -> FileFault:
        """What is wrong with it, for somebody who reads."""
        if self.has_row:
            return FileFault(self.place, self.column, _("“%(value)s” does not fit this row.") % {"value": self.value})
        return FileFault(self.place, self.column, _("The standard has no such row here."))


class UnreadableFile(DeskRefusal):
    """A file of cases is damaged, too large, or not what it should be. `faults`: what is wrong where."""

    text = gettext_lazy("The file cannot be brought in as it is. Nothing of it is stored.")

    def __init__(self, faults: Sequence[FileFault] = ()) -> None:
        super().__init__()
        self.faults = list(faults)


class NothingChosen(DeskRefusal):
    """No case is chosen, or too many at once."""

    text = gettext_lazy("Choose between one case and 50.")


class RestrictedCase(DeskRefusal):
    """A case that only named people open does not leave with others."""

    text = gettext_lazy("A restricted case does not leave with others. Lift its restriction first, or leave it out.")


class ExportClosed(DeskRefusal):
    """Nobody has agreed, a day has passed, or somebody else has asked for it."""

    text = gettext_lazy("This file can be taken only by whoever asked for it, within 24 hours of the approval.")


class YearNotOver(DeskRefusal):
    """The figures of the year are not shown yet."""

    text = gettext_lazy("The figures of this year are not complete. They are shown a month after its end.")


class NoSuchRight(DeskRefusal):
    """The role of a person does not go with this kind of export."""

    text = gettext_lazy("This right does not go with the role of this person.")
