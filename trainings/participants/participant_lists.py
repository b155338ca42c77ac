"""A list of participants that a colleague brings: each row through the same questions as somebody who registers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from partners.directory.models import Country
from trainings.participants.spreadsheets import CellFault, ReadSheet
from trainings.registrations.forms import ANOTHER_COUNTRY, PLEASE_CHOOSE, RegistrationForm, country_choices
from trainings.registrations.models import Registration
from trainings.registrations.states import OrganisationType, Sex
from trainings.seminars.models import Seminar
from trainings.seminars.states import Profession
from victor.languages import CODES, column

if TYPE_CHECKING:
    from trainings.registrations.forms import Choice

COLUMNS = ["name", "email", "profession", "organisation", "organisation_type", "country", "language", "sex"]
OPTIONAL_COLUMNS = {"language", "sex"}
SEAL_SALT = "trainings.importing"
SEAL_SECONDS = 60 * 60  # seconds between a preview and its confirmation


@dataclass
class ParticipantList:
    """A list that was read: its rows as clean answers with their numbers, and what is wrong, by cell."""

    sheet: ReadSheet
    rows: list[dict[str, str]]
    people: list[Registration] = field(default_factory=list)

    @property
    def faults(self) -> list[CellFault]:
        """From the top down."""
        return sorted(self.sheet.faults, key=lambda fault: _cell_order(fault.cell))


def read_participant_list(sheet: ReadSheet, seminar: Seminar) -> ParticipantList:
    """What a sheet says of whom. The first row with anything in it holds the headings."""
    numbers = list(sheet.rows())
    words = ColumnWords()
    columns = _headings(sheet, numbers[0], words)
    missing = [_label(name) for name in COLUMNS if name not in columns and name not in OPTIONAL_COLUMNS]
    if missing:
        message = ngettext("A column is missing: %(names)s", "Columns are missing: %(names)s", len(missing))
        sheet.refuse(numbers[0], 1, message % {"names": ", ".join(missing)})
        return ParticipantList(sheet, [])
    registered = {email.lower() for email in seminar.registrations.open().values_list("email", flat=True)}
    choices, rows, people = country_choices(), [], []
    for number in numbers[1:]:
        row = {name: sheet.cells.get((number, at), "") for name, at in columns.items()}
        row = _coded_row(sheet, number, columns, row, words)
        row["language"] = row.get("language") or seminar.language
        form = RegistrationForm(row, choices=choices)
        people += [form.registration(seminar)] if form.is_valid() else []
        for name, errors in form.errors.items():
            sheet.refuse(number, columns.get(name, 1), str(errors[0]))
        _refuse_repeated(sheet, number, columns["email"], row["email"].lower(), registered)
        rows.append(row)
    if not rows:
        sheet.refuse(numbers[0] + 1, 1, _("The list is empty."))
    return ParticipantList(sheet, rows, people)


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
    headings = {name: _label(name) for name in COLUMNS}
    choices: dict[str, Iterable[Choice]] = {
        "profession": Profession.choices,
        "organisation_type": OrganisationType.choices,
        "language": settings.LANGUAGES,
        "sex": Sex.choices[:-1],
        "country": [choice for choice in country_choices() if choice != PLEASE_CHOOSE],
    }
    values = {headings[name]: [str(label) for _code, label in pairs] for name, pairs in choices.items()}
    return list(headings.values()), values


def _label(name: str) -> str:
    """The label of a question in the active language."""
    return str(RegistrationForm.base_fields[name].label)


def _headings(sheet: ReadSheet, row: int, words: ColumnWords) -> dict[str, int]:
    """Which question stands in which column. A column that we do not ask for is a fault: nobody should think that we
    have read it."""
    columns: dict[str, int] = {}
    for (number, at), text in sorted(sheet.cells.items()):
        if number != row:
            continue
        name = words.code("heading", text)
        if not name:
            sheet.refuse(row, at, _("We do not know this column. Please delete it."))
        elif name in columns:
            sheet.refuse(row, at, _("This column appears twice."))
        else:
            columns[name] = at
    return columns


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


def _refuse_repeated(sheet: ReadSheet, number: int, at: int, email: str, addresses: set[str]) -> None:
    if email and email in addresses:
        sheet.refuse(number, at, _("This email address is already registered or appears twice."))
    addresses.add(email)


class ColumnWords:
    """Every word that people may use in any of the eight languages, with the codes that it can stand for."""

    def __init__(self) -> None:
        self.codes = _known_words() | {"country": _countries()}

    def code(self, kind: str, word: str) -> str:
        """The code that a word stands for; empty where it is unknown, or stands for several."""
        codes = self.codes[kind].get(_plain_word(word), set())
        return next(iter(codes)) if len(codes) == 1 else ""


@cache
def _known_words() -> dict[str, dict[str, set[str]]]:
    """The words that stay the same while the portal runs: by kind, each with its codes."""
    kinds: dict[str, Callable[[], list[Choice]]] = {
        "heading": lambda: [(name, _label(name)) for name in COLUMNS],
        "profession": lambda: list(Profession.choices),
        "organisation_type": lambda: list(OrganisationType.choices),
        "sex": lambda: list(Sex.choices[:-1]),
        "language": _language_names,
    }
    return {kind: _words_in_all_languages(choices) for kind, choices in kinds.items()}


def _language_names() -> list[Choice]:
    """Each language by its own name, and by its name in the active language."""
    languages = list(settings.LANGUAGES)
    return [*languages, *((code, _(name)) for code, name in languages)]


def _countries() -> dict[str, set[str]]:
    """The words for the countries of the database, which may change, and for any other country."""
    codes = _words_in_all_languages(lambda: [ANOTHER_COUNTRY])
    for country in Country.objects.all():
        for word in (country.code, *(getattr(country, column("name", code)) for code in CODES)):
            if word:
                codes.setdefault(_plain_word(word), set()).add(country.code)
    return codes


def _words_in_all_languages(choices: Callable[[], list[Choice]]) -> dict[str, set[str]]:
    codes: dict[str, set[str]] = {}
    for language in CODES:
        with override(language):
            for code, label in choices():
                for word in (code, str(label)):
                    codes.setdefault(_plain_word(word), set()).add(code)
    return codes


def _plain_word(word: str) -> str:
    """As two people would write the same word."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().replace("_", " ").split())


def _cell_order(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), len(letters), letters
