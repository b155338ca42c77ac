"""A list of participants that a colleague brings: each row through the same questions as somebody who registers."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from partners.models import Country
from trainings.forms.registering import CHOOSE, ELSEWHERE, RegistrationForm, countries
from trainings.forms.sheets import ENCODINGS, MOST_BYTES, Fault, Sheet
from trainings.models import Registration, Seminar
from trainings.states import OrganisationType, Profession, Sex
from victor.publishing.languages import CODES, column

COLUMNS = ["name", "email", "profession", "organisation", "organisation_type", "country", "language", "sex"]
OPTIONAL = {"language", "sex"}
SALT = "trainings.importing"
FRESH = 60 * 60  # seconds between a preview and its confirmation
NAMES = {
    "cp1250": gettext_lazy("Central European (Windows-1250)"),
    "cp1251": gettext_lazy("Cyrillic (Windows-1251)"),
    "cp1252": gettext_lazy("Western European (Windows-1252)"),
    "cp1253": gettext_lazy("Greek (Windows-1253)"),
}


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("List as XLSX or CSV"), help_text=gettext_lazy("At most 500 rows and 1 MB")
    )

    def clean_file(self) -> bytes:
        """What is in it; more than is allowed is not read."""
        content: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return content


class EncodingForm(forms.Form):
    """Which reading of a text file is right. The file travels along, since nothing is kept before it is right."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES * 2)
    encoding = forms.ChoiceField(label=gettext_lazy("Which of these reads right?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, readings: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = readings if readings is not None else dict.fromkeys(ENCODINGS, "")
        self.fields["encoding"].choices = [(each, f"{NAMES[each]}: {text}") for each, text in shown.items()]

    @classmethod
    def asking(cls, content: bytes, readings: dict[str, str]) -> EncodingForm:
        """The question about this file."""
        return cls(initial={"content": base64.b64encode(content).decode()}, readings=readings)

    def clean_content(self) -> bytes:
        """The file again."""
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except ValueError as fault:
            raise forms.ValidationError(_("Please bring the file once more.")) from fault


@dataclass
class Listed:
    """A list that was read: its rows as clean answers with their numbers, and what is wrong, by cell."""

    sheet: Sheet
    rows: list[dict[str, str]]
    people: list[Registration] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """From the top down."""
        return sorted(self.sheet.faults, key=lambda fault: _order(fault.cell))


def read_list(sheet: Sheet, seminar: Seminar) -> Listed:
    """What a sheet says of whom. The first row with anything in it holds the headings."""
    numbers = list(sheet.rows())
    words = Words()
    columns = _headings(sheet, numbers[0], words)
    missing = [str(_label(name)) for name in COLUMNS if name not in columns and name not in OPTIONAL]
    if missing:
        said = ngettext("There is no column for: %(names)s", "There are no columns for: %(names)s", len(missing))
        sheet.refuse(numbers[0], 1, said % {"names": ", ".join(missing)})
        return Listed(sheet, [])
    registered = {email.lower() for email in seminar.registrations.open().values_list("email", flat=True)}
    choices, rows, people = countries(), [], []
    for number in numbers[1:]:
        row = {name: sheet.cells.get((number, at), "") for name, at in columns.items()}
        row = _coded(sheet, number, columns, row, words)
        row["language"] = row.get("language") or seminar.language
        form = RegistrationForm(row, choices=choices)
        people += [form.registration(seminar)] if form.is_valid() else []
        for name, errors in form.errors.items():
            sheet.refuse(number, columns.get(name, 1), str(errors[0]))
        _refuse_double(sheet, number, columns["email"], row["email"].lower(), registered)
        rows.append(row)
    if not rows:
        sheet.refuse(numbers[0] + 1, 1, _("There is nobody on the list."))
    return Listed(sheet, rows, people)


def sealed(seminar: Seminar, rows: list[dict[str, str]]) -> str:
    """The rows that were shown, so that just these are registered."""
    return signing.dumps([seminar.pk, rows], salt=SALT, compress=True)


def confirmed(seminar: Seminar, seal: str) -> list[Registration] | None:
    """The people who were shown; None for what was not shown here within the hour."""
    try:
        number, rows = signing.loads(seal, salt=SALT, max_age=FRESH)
    except signing.BadSignature:
        return None
    if number != seminar.pk:
        return None
    choices = countries()
    forms_ = [RegistrationForm(row, choices=choices) for row in rows]
    return [form.registration(seminar) for form in forms_] if all(form.is_valid() for form in forms_) else None


def words_for_template() -> tuple[list[str], dict[str, list[str]]]:
    """Headings in the reader's language, and what the columns take."""
    asked = {name: str(_label(name)) for name in COLUMNS}
    known = {"profession": Profession.choices, "organisation_type": OrganisationType.choices}
    known |= {
        "language": settings.LANGUAGES,
        "sex": Sex.choices[:-1],
        "country": [each for each in countries() if each != CHOOSE],
    }
    return list(asked.values()), {asked[name]: [str(label) for _code, label in each] for name, each in known.items()}


def _label(name: str) -> Any:
    return RegistrationForm.base_fields[name].label


def _headings(sheet: Sheet, row: int, words: Words) -> dict[str, int]:
    """Which question stands in which column; what we do not ask is a fault, or somebody thinks that we took it in."""
    found: dict[str, int] = {}
    for (number, at), text in sorted(sheet.cells.items()):
        if number != row:
            continue
        name = words.code("heading", text)
        if not name:
            sheet.refuse(row, at, _("We do not know this column. Please delete it."))
        elif name in found:
            sheet.refuse(row, at, _("This column stands twice."))
        else:
            found[name] = at
    return found


def _coded(sheet: Sheet, number: int, columns: dict[str, int], row: dict[str, str], words: Words) -> dict[str, str]:
    """The row with our codes in place of words of any of the eight languages."""
    coded = dict(row)
    for name in ("profession", "organisation_type", "country", "language", "sex"):
        if word := row.get(name):
            coded[name] = words.code(name, word)
            if not coded[name] and word != "?":
                sheet.refuse(number, columns[name], _("We do not know “%(word)s”.") % {"word": word[:60]})
    return coded


def _refuse_double(sheet: Sheet, number: int, at: int, email: str, known: set[str]) -> None:
    if email and email in known:
        sheet.refuse(number, at, _("This address is registered already, or stands twice."))
    known.add(email)


class Words:
    """Every word that people may use in any of the eight languages, with the codes that it can stand for."""

    def __init__(self) -> None:
        self.known = _words() | {"country": _countries()}

    def code(self, kind: str, word: str) -> str:
        """The code that a word stands for; empty where it is unknown, or stands for several."""
        meant = self.known[kind].get(_plain(word), set())
        return next(iter(meant)) if len(meant) == 1 else ""


@cache
def _words() -> dict[str, dict[str, set[str]]]:
    """What is the same until the portal is started anew."""
    kinds: dict[str, Callable[[], list[tuple[str, Any]]]] = {
        "heading": lambda: [(name, _label(name)) for name in COLUMNS],
        "profession": lambda: list(Profession.choices),
        "organisation_type": lambda: list(OrganisationType.choices),
        "sex": lambda: list(Sex.choices[:-1]),
        "language": _language_names,
    }
    return {kind: _in_all_languages(choices) for kind, choices in kinds.items()}


def _language_names() -> list[tuple[str, Any]]:
    own = list(settings.LANGUAGES)
    return own + [(code, _(name)) for code, name in own]


def _countries() -> dict[str, set[str]]:
    """Those of the database, which may change, and all others."""
    found = _in_all_languages(lambda: [ELSEWHERE])
    for country in Country.objects.all():
        for word in (country.code, *(getattr(country, column("name", code)) for code in CODES)):
            if word:
                found.setdefault(_plain(word), set()).add(country.code)
    return found


def _in_all_languages(choices: Callable[[], list[tuple[str, Any]]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for language in CODES:
        with override(language):
            for code, label in choices():
                for word in (code, str(label)):
                    found.setdefault(_plain(word), set()).add(code)
    return found


def _plain(word: str) -> str:
    """As two people would write the same word."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().replace("_", " ").split())


def _order(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), len(letters), letters
