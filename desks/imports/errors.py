"""What is refused about cases that are brought in. The texts are for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.desk.errors import DeskRefusal
from desks.exchange.errors import FileFault, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise


class RefusedFile(UnreadableFile):
    """A file is not read, for a reason that whoever brought it can remove."""

    def __init__(self, reason: StrOrPromise, faults: Sequence[FileFault] = ()) -> None:
        super().__init__(faults)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class ImportGone(DeskRefusal):
    """A day has passed, it was discarded or finished, or somebody else has begun it."""

    text = _("This import is not there any more. Please upload the file again.")


class NotMapped(DeskRefusal):
    """A column of a list, or a value of one, has no counterpart yet."""

    text = _("Say first what each column means.")


class UnknownKept(DeskRefusal):
    """Something in the file has no field, and nobody has said that it is kept as it is."""

    text = _("Some cells have no field here. Keep them sealed as they are, or correct the file and upload it again.")


class NoRowChosen(DeskRefusal):
    """Every row is left out."""

    text = _("Every row is left out. Choose at least one, or discard the file.")


class TooManyImports(DeskRefusal):
    """Too many files of a desk wait already."""

    text = _("Too many files wait at this desk. Finish or discard one first.")
