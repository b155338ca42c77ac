"""A list of participants that a colleague brings: each row through the same questions as somebody who registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.participants.column_words import COLUMNS, ColumnWords, label
from trainings.participants.spreadsheets import MAX_ROWS, CellFault, ReadSheet
from trainings.registrations.forms import PLEASE_CHOOSE, RegistrationForm, country_choices
from trainings.registrations.models import Registration
from trainings.registrations.names import is_same_person, mailbox_key
from trainings.registrations.states import OrganisationType, Sex
from trainings.seminars.models import Seminar
from trainings.seminars.states import Profession
from victor.files.errors import UnreadableTable

if TYPE_CHECKING:
    from trainings.registrations.forms import Choice

OPTIONAL_COLUMNS = {"language", "sex"}
SEAL_SALT = "trainings.importing"
SEAL_SECONDS = 60 * 60  # seconds between a preview and its confirmation
MAX_NAMED = 20  # rows that a sentence names


@dataclass
class ParticipantList:
    """A list that was read: its rows as clean answers with their numbers, and what is wrong, by cell.

    `notes` says what was read that somebody may not expect. `shared` has the people who may be one person, because
    their mail arrives at one address.
    """

    sheet: ReadSheet
    rows: list[dict[str, str]]
    people: list[Registration] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    shared: list[list[Registration]] = field(default_factory=list)
    missing: CellFault | None = None

    @property
    def faults(self) -> list[CellFault]:
        """Missing columns, then the others from the top down."""
        first = [self.missing] if self.missing else []
        return [*first, *sorted(self.sheet.faults, key=lambda fault: _cell_order(fault.cell))]


def read_participant_list(sheet: ReadSheet, seminar: Seminar) -> ParticipantList:
    """What a sheet says of whom. Lines above the headings are a title.

    Raises:
        UnreadableTable: the list is too long.
    """
    words, numbers = ColumnWords(), list(sheet.rows())
    heading = _heading_row(sheet, numbers, words)
    numbers = [number for number in numbers if number > heading]
    if len(numbers) > MAX_ROWS:
        raise UnreadableTable(_("The list has more than 500 rows. Please upload it in parts."))
    columns, unknown = _headings(sheet, heading, words)
    missing = [label(name) for name in COLUMNS if name not in columns and name not in OPTIONAL_COLUMNS]
    _refuse_unknown(sheet, heading, unknown, has_missing=bool(missing))
    if missing:
        message = ngettext("A column is missing: %(names)s", "Columns are missing: %(names)s", len(missing))
        return ParticipantList(sheet, [], missing=CellFault(f"A{heading}", message % {"names": ", ".join(missing)}))
    for (row, column), cells in sheet.merged.items():
        if row >= heading:
            sheet.refuse(row, column, _("These cells are merged: %(cells)s") % {"cells": cells})
    listed = ParticipantList(sheet, [], notes=_notes(sheet, heading))
    _read_rows(listed, numbers, columns, words, seminar)
    if not listed.rows:
        sheet.refuse(heading + 1, 1, _("The list is empty."))
    return listed


def _read_rows(
    listed: ParticipantList, numbers: list[int], columns: dict[str, int], words: ColumnWords, seminar: Seminar
) -> None:
    """Read the people below the headings, and compare them with each other and with those who are registered."""
    sheet, choices = listed.sheet, country_choices()
    known = list(seminar.registrations.open())
    for number in numbers:
        row = {name: sheet.cells.get((number, at), "") for name, at in columns.items()}
        row = _coded_row(sheet, number, columns, row, words)
        row["language"] = row.get("language") or seminar.language
        form = RegistrationForm(row, choices=choices)
        for name, errors in form.errors.items():
            sheet.refuse(number, columns.get(name, 1), str(errors[0]))
        if form.is_valid():
            person = form.registration(seminar)
            _refuse_repeated(sheet, number, columns["email"], person, known)
            listed.people.append(person)
            known.append(person)
        listed.rows.append(row)
    listed.shared = _sharing(listed.people, known)


def seal_rows(seminar: Seminar, rows: list[dict[str, str]]) -> str:
    """The rows that were shown, so that just these are registered."""
    return signing.dumps([seminar.pk, rows], salt=SEAL_SALT, compress=True)


def registrations_from_seal(seminar: Seminar, seal: str) -> list[Registration] | None:
    """The people who were shown; None for what was not shown here within the hour."""
    try:
        number, rows = signing.loads(seal, salt=SEAL_SALT, max_age=SEAL_SECONDS)
    except signing.BadSignature:
        return None
    if number != seminar.pk:
        return None
    choices = country_choices()
    forms_ = [RegistrationForm(row, choices=choices) for row in rows]
    return [form.registration(seminar) for form in forms_] if all(form.is_valid() for form in forms_) else None


def template_words() -> tuple[list[str], dict[str, list[str]]]:
    """Headings in the reader's language, and what the columns take."""
    headings = {name: label(name) for name in COLUMNS}
    choices: dict[str, Iterable[Choice]] = {
        "profession": Profession.choices,
        "organisation_type": OrganisationType.choices,
        "language": settings.LANGUAGES,
        "sex": Sex.choices[:-1],
        "country": [choice for choice in country_choices() if choice != PLEASE_CHOOSE],
    }
    values = {headings[name]: [str(text) for _code, text in pairs] for name, pairs in choices.items()}
    return list(headings.values()), values


def _heading_row(sheet: ReadSheet, numbers: list[int], words: ColumnWords) -> int:
    """The first row in which we know several headings; where there is none, the first row with anything in it."""
    known: dict[int, set[str]] = {}
    for (row, _column), text in sheet.cells.items():
        if name := words.code("heading", text):
            known.setdefault(row, set()).add(name)
    return next((number for number in numbers if len(known.get(number, ())) > 1), numbers[0])


def _headings(sheet: ReadSheet, row: int, words: ColumnWords) -> tuple[dict[str, int], list[int]]:
    """Which question stands in which column, and the columns that we do not ask for."""
    columns: dict[str, int] = {}
    unknown = []
    for (number, at), text in sorted(sheet.cells.items()):
        if number != row:
            continue
        name = words.code("heading", text)
        if not name:
            unknown.append(at)
        elif name in columns:
            sheet.refuse(row, at, _("This column appears twice."))
        else:
            columns[name] = at
    return columns, unknown


def _refuse_unknown(sheet: ReadSheet, row: int, unknown: list[int], *, has_missing: bool) -> None:
    """A column that we do not ask for is a fault: nobody should think that we have read it."""
    reason = _("We do not know this column. Please delete it.")
    if has_missing:
        reason = _("We do not know this column. Please give it the name of a missing one, or delete it.")
    for column in unknown:
        sheet.refuse(row, column, reason)


def _notes(sheet: ReadSheet, heading: int) -> list[str]:
    """What was left out above the headings or in other sheets, and what is hidden in the file and was read."""
    notes = []
    title = " ".join(text for (row, _column), text in sorted(sheet.cells.items()) if row < heading)
    if title:
        notes.append(_("Above the headings, this was not read: “%(text)s”") % {"text": title[:200]})
    if hidden := [row for row in sheet.hidden_rows if row > heading]:
        words = ngettext(
            "Row %(rows)s is hidden in the file, for example by a filter. We have read it too.",
            "Rows %(rows)s are hidden in the file, for example by a filter. We have read them too.",
            len(hidden),
        )
        notes.append(words % {"rows": _enumeration(map(str, hidden))})
    if columns := sheet.hidden_columns:
        words = ngettext(
            "Column %(columns)s is hidden in the file. We have read it too.",
            "Columns %(columns)s are hidden in the file. We have read them too.",
            len(columns),
        )
        notes.append(words % {"columns": _enumeration(columns)})
    if sheet.unread_sheets:
        words = _("We read the first sheet only. These sheets were not read: %(names)s")
        notes.append(words % {"names": _enumeration(sheet.unread_sheets)})
    return notes


def _enumeration(names: Iterable[str]) -> str:
    several = list(names)
    return ", ".join(several[:MAX_NAMED]) + (" …" if len(several) > MAX_NAMED else "")


def _coded_row(
    sheet: ReadSheet, number: int, columns: dict[str, int], row: dict[str, str], words: ColumnWords
) -> dict[str, str]:
    """The row with our codes in place of words of any of the eight languages."""
    coded = dict(row)
    for name in ("profession", "organisation_type", "country", "language", "sex"):
        if word := row.get(name):
            coded[name] = words.code(name, word)
            if not coded[name] and word != "?":
                sheet.refuse(number, columns[name], _("We do not know “%(word)s”.") % {"word": word[:60]})
    return coded


def _refuse_repeated(sheet: ReadSheet, number: int, at: int, person: Registration, known: list[Registration]) -> None:
    """Refuse somebody who is registered, or stands above, with the same name and address."""
    pair = person.name, person.email
    if any(is_same_person(pair, (other.name, other.email)) for other in known):
        sheet.refuse(number, at, _("This person is already registered or appears twice."))


def _sharing(people: list[Registration], known: list[Registration]) -> list[list[Registration]]:
    """Groups of people of the list, with others whom we know, whose mail arrives at one address."""
    groups: dict[str, list[Registration]] = {}
    for person in known:
        groups.setdefault(mailbox_key(person.email), []).append(person)
    keys = dict.fromkeys(mailbox_key(person.email) for person in people)
    return [groups[key] for key in keys if len(groups[key]) > 1]


def _cell_order(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), len(letters), letters
