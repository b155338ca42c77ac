"""What the pages of an import show: what waits, its columns with examples, and row by row what would be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desks.imports.models import CaseImport
from desks.imports.states import ImportPurpose
from victor.vault.records.actions import read_envelope
from victor.vault.records.expectations import Expected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet
    from django.forms import BoundField

    from desks.desk.models import Desk
    from desks.exchange.errors import FileFault
    from desks.imports.case_mapping import IncomingCase
    from desks.imports.forms import ColumnsForm, ConfirmForm
    from desks.imports.spreadsheets import OwnList
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault

EXAMPLES = 3


def waiting_imports(desk: Desk, user: User) -> QuerySet[CaseImport]:
    """The files that somebody has brought to a desk and not confirmed yet."""
    return CaseImport.objects.visible_to(user).filter(desk=desk)


@dataclass(frozen=True)
class KnownChildren:
    """Which cases may be of the child of a row, each with the reasons; and sentences about what may not be shown."""

    candidates: Sequence[tuple[str, str]] = ()
    notices: Sequence[str] = ()


def known_children(row: CaseImport, *, by: UnlockedVault) -> dict[int, KnownChildren]:
    """What the search has answered, by the number of a row.

    Raises:
        NoGrant, Unopenable: it cannot be read, or was altered.
    """
    if row.known is None:
        return {}
    rows = read_envelope(Expected(row.known, row.key_id, {ImportPurpose.KNOWN}), by=by)["rows"]
    return {
        int(number): KnownChildren([(reference, why) for reference, why in answer["candidates"]], answer["notices"])
        for number, answer in rows.items()
    }


@dataclass(frozen=True)
class PreviewLine:
    """A row as it would be opened, its parts in words; and whether it is left out."""

    number: int
    name: str
    born: str
    reference: str
    extra: Sequence[str]
    known: KnownChildren
    is_left_out: bool


@dataclass(frozen=True)
class PreviewPage:
    """What would be opened of a file, what of it has no field here, which children may be known, and the form."""

    cases: Sequence[IncomingCase]
    faults: Sequence[FileFault]
    known: Mapping[int, KnownChildren]
    form: ConfirmForm

    def lines(self, row: CaseImport) -> list[PreviewLine]:
        """The rows that are not done yet."""
        left_out = self.form.left_out_numbers
        return [_line(case, self.known.get(case.number, KnownChildren()), left_out) for case in self.cases[row.done :]]


def _line(case: IncomingCase, known: KnownChildren, left_out: set[int]) -> PreviewLine:
    identity = case.content.identity
    name = " ".join(str(identity[part]) for part in ("given", "family") if identity.get(part))
    born = "-".join(str(identity[part]) for part in ("birth_year", "birth_month", "birth_day") if identity.get(part))
    extra = list(dict.fromkeys(name for group in case.extra for name in [*group["values"], *group["parts"]]))
    return PreviewLine(case.number, name, born, case.reference, extra, known, case.number in left_out)


@dataclass(frozen=True)
class ColumnLine:
    """A column of a list, with its first words."""

    field: BoundField
    examples: str


def column_lines(form: ColumnsForm, listed: OwnList) -> list[ColumnLine]:
    """The columns, in the order of the file."""
    lines = []
    for field, heading in zip(form, form.headings, strict=True):
        words = (str(row.cells[heading]) for row in listed.rows if heading in row.cells)
        examples = " · ".join(word for word, _number in zip(words, range(EXAMPLES), strict=False))
        lines.append(ColumnLine(field, examples))
    return lines
