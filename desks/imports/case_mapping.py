"""What VICTOR makes of a row of somebody's own list, by what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from desks.cases.forms import SHORT
from desks.cases.record_forms import BirthFields
from desks.exchange.case_mapping import CaseContent, KeptGroup, Office, kept_alone
from desks.exchange.errors import FileFault
from desks.facts.states import Sex
from desks.imports.case_words import code_of
from desks.imports.spreadsheets import Cell, ListRow, OwnList
from desks.imports.states import BIRTH, CODED, CONTACT, IDENTITY, NOTES, OwnField

KEEP = "keep"  # in the place of a code: the word is kept as it is
DATES = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2})\.\s?(?P<m>[0-9]{1,2})\.\s?(?P<y>[0-9]{4})\.?"),
)
WHOLE = re.compile(r"[0-9]{1,4}(?:\.0+)?")
JOINED = {OwnField.ADDRESS: "\n", OwnField.DOCUMENTS: "\n"}
LONG = frozenset({OwnField.ADDRESS, OwnField.DOCUMENTS, *NOTES})


@dataclass(frozen=True)
class ListMapping:
    """By heading what a column is, and by field and word the code that a word stands for."""

    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def field_of(self, heading: str) -> OwnField:
        """What a column is. One of which nothing was said is left out."""
        return OwnField(self.columns.get(heading, ""))

    def code(self, name: OwnField, word: str) -> str:
        """The code that a word stands for, `KEEP`, or nothing where nobody has said it."""
        return self.codes.get(name, {}).get(word, "") or code_of(name, word)


@dataclass
class IncomingCase:
    """A case as it would be opened: what VICTOR makes of it, what is kept as it came, and what is wrong with it."""

    number: int
    reference: str = ""
    content: CaseContent = field(default_factory=CaseContent)
    extra: list[KeptGroup] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)


def unmapped_words(listed: OwnList, mapping: ListMapping) -> dict[OwnField, list[str]]:
    """The words of the coded columns of which nobody has said what they stand for, each once, as they come."""
    words: dict[OwnField, list[str]] = {}
    for row in listed.rows:
        for heading, value in row.cells.items():
            name = mapping.field_of(heading)
            if name in CODED and not mapping.code(name, str(value)) and str(value) not in words.setdefault(name, []):
                words[name].append(str(value))
    return {name: unknown for name, unknown in words.items() if unknown}


def read_row(row: ListRow, listed: OwnList, mapping: ListMapping, *, language: str, office: Office) -> IncomingCase:
    """What is made of a row. `language`: where it names none of ours."""
    reader = _RowReader(row, listed.letters, mapping)
    for heading, value in row.cells.items():
        reader.take(heading, value)
    reader.take_birth()
    texts = reader.texts
    identity = {**{str(name): texts[name] for name in IDENTITY if name in texts}, **reader.birth}
    if countries := reader.codes.get(OwnField.CITIZENSHIPS):
        identity["citizenships"] = ", ".join(countries)
    content = CaseContent(
        identity=identity,
        contact={str(name): texts[name] for name in CONTACT if name in texts},
        language=next(iter(reader.codes.get(OwnField.LANGUAGE, [])), language),
        sex=next(iter(reader.codes.get(OwnField.SEX, [])), Sex.UNKNOWN),
        notes=["\n".join(reader.notes)] if reader.notes else [],
        office=office,
    )
    return IncomingCase(row.number, reader.reference, content, reader.extra, reader.faults)


class _RowReader:
    """Reads one row cell by cell. What does not fit is noted with its place, and kept as it came."""

    def __init__(self, row: ListRow, letters: Mapping[str, str], mapping: ListMapping) -> None:
        self.row, self.letters, self.mapping = row, letters, mapping
        self.texts: dict[OwnField, str] = {}
        self.codes: dict[OwnField, list[str]] = {}
        self.birth: dict[str, object] = {}
        self.born_by: dict[str, str] = {}  # which heading says which part of the birth
        self.notes: list[str] = []
        self.reference = ""
        self.extra: list[KeptGroup] = []
        self.faults: list[FileFault] = []

    def take(self, heading: str, value: Cell) -> None:
        """Take a cell over, where it is what its column says."""
        name = self.mapping.field_of(heading)
        if name == OwnField.EXTRA:
            self.extra.append(kept_alone(heading, value))
        elif name in CODED:
            self._take_code(name, heading, str(value))
        elif name == OwnField.BORN:
            self._take_date(heading, value)
        elif name in BIRTH:
            self._take_number(name, heading, value)
        elif name != OwnField.SKIPPED:
            self._take_text(name, heading, value)

    def refuse(self, heading: str, reason: str) -> None:
        """Note what is wrong with a cell, and keep it as it came."""
        self.faults.append(FileFault(f"{self.letters[heading]}{self.row.number}", heading, reason))
        self.extra.append(kept_alone(heading, self.row.cells[heading]))

    def _take_code(self, name: OwnField, heading: str, word: str) -> None:
        code = self.mapping.code(name, word)
        if code == KEEP:
            self.extra.append(kept_alone(heading, word))
        elif code:
            self.codes.setdefault(name, []).append(code)
        else:
            self.refuse(heading, _("“%(value)s” stands for none of our words yet.") % {"value": word})

    def _take_date(self, heading: str, value: Cell) -> None:
        match = next((match for pattern in DATES if (match := pattern.fullmatch(str(value)))), None)
        if match is None:
            self.refuse(heading, _("Write the date as in 2012-02-29 or 29.02.2012."))
            return
        for name, part in ((OwnField.BIRTH_YEAR, "y"), (OwnField.BIRTH_MONTH, "m"), (OwnField.BIRTH_DAY, "d")):
            self.birth[name.value], self.born_by[name.value] = int(match[part]), heading

    def _take_number(self, name: OwnField, heading: str, value: Cell) -> None:
        if isinstance(value, bool) or not WHOLE.fullmatch(str(value)):
            self.refuse(heading, _("Enter a whole number."))
        else:
            self.birth[name.value], self.born_by[name.value] = int(float(value)), heading

    def _take_text(self, name: OwnField, heading: str, value: Cell) -> None:
        if not isinstance(value, str):
            self.refuse(heading, _("This cell contains a number; text is expected."))
        elif len(value) > SHORT and name not in LONG:
            self.refuse(heading, _("This cell contains more than 300 characters."))
        elif name in NOTES:
            self.reference = value if name == OwnField.REFERENCE else self.reference
            self.notes.append(f"{heading}: {value}")
        else:
            before = f"{self.texts[name]}{JOINED.get(name, ', ')}" if name in self.texts else ""
            self.texts[name] = f"{before}{value}"

    def take_birth(self) -> None:
        """Check the parts of the birth together, as the form of the record does. Where they do not fit, none counts."""
        form = BirthFields({name: str(number) for name, number in self.birth.items()})
        if form.is_valid():
            self.birth = {name: form.cleaned_data[name] for name in self.birth}
            return
        reasons = {self.born_by.get(name, ""): str(errors[0]) for name, errors in form.errors.items()}
        for heading in dict.fromkeys(self.born_by.values()):
            self.refuse(heading, reasons.get(heading) or next(iter(reasons.values())))
        self.birth = {}
