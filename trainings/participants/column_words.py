"""The words that people use in lists, in any of the eight languages, and the codes that they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from partners.directory.models import Country
from trainings.registrations.forms import ANOTHER_COUNTRY, RegistrationForm
from trainings.registrations.names import fold_name
from trainings.registrations.states import OrganisationType, Sex
from trainings.seminars.states import Profession
from victor.languages import CODES, SERBIAN, column, locale

if TYPE_CHECKING:
    from trainings.registrations.forms import Choice

COLUMNS = ["name", "email", "profession", "organisation", "organisation_type", "country", "language", "sex"]
# How our own templates headed the columns before, and how people head them.
OTHER_HEADINGS = {
    "name": [
        "Назив",
        "Назва",
        "Full name",
        "First and last name",
        "Name and surname",
        "Participant",
        "Participant name",
    ],
    "email": [
        "Email",
        "Mail",
        "Mail address",
        "E-mail",
        "Имейл",
        "Имейл адрес",
        "Е-пошта",
        "Електронна пошта",
        "E-pošta",
    ],
    "organisation": ["Organization", "Institution", "Employer", "Authority"],
    "organisation_type": ["Kind of organization", "Type of organisation", "Type of organization", "Organisation type"],
    "country": ["Country", "Χώρα", "Държава", "Страна", "Țara", "Država", "Држава", "Земља", "Ország", "Країна"],
    "language": [
        *("Language of mails and certificate", "Language", "Език на писмата и удостоверението", "Γλώσσα", "Език"),
        *("Limba", "Jezik", "Језик", "Nyelv", "Мова"),
    ],
    "sex": ["Gender"],
}
OTHER_PROFESSIONS = {"shelter_staff": ["Personal al unui centru de adăpost"], "police": ["Police officer"]}
# Further names of countries. Codes of three letters and the names of other countries come from a library.
OTHER_COUNTRIES = {
    "GR": ["EL", "GRC", "Hellas", "Hellenic Republic", "Ελληνική Δημοκρατία"],
    "BG": ["BGR", "Republic of Bulgaria", "Република България"],
    "RO": ["ROU", "ROM", "Rumania", "Roumania"],
    "MD": ["MDA", "Republic of Moldova", "Moldova, Republic of", "Republica Moldova", "Молдавия", "Moldavia"],
    "SI": ["SVN", "SLO", "Republic of Slovenia", "Republika Slovenija"],
    "UA": ["UKR", "The Ukraine"],
    "RS": ["SRB", "Republic of Serbia", "Република Србија"],
    "HU": ["HUN", "Magyar Köztársaság", "Republic of Hungary"],
    "AL": ["ALB", "Shqipëria", "Shqiperia", "Republic of Albania"],
    "BA": ["BIH", "BiH", "БиХ", "Bosnia", "Bosnia & Herzegovina", "Bosnia-Herzegovina", "Bosna i Hercegovina"],
    "HR": ["HRV", "CRO", "Hrvatska", "Republic of Croatia", "Republika Hrvatska"],
    "CY": ["CYP", "Republic of Cyprus", "Kıbrıs"],
    "MK": ["MKD", "Macedonia", "FYROM", "FYR Macedonia", "Republic of North Macedonia", "Македонија", "Македонія"],
    "ME": ["MNE", "Crna Gora", "Црна Гора"],
    "TR": ["TUR", "Turkey", "Türkiye Cumhuriyeti", "Republic of Türkiye"],
}


class ColumnWords:
    """Every word that people may use in any of the eight languages, with the codes that it can stand for."""

    def __init__(self) -> None:
        self.codes = _known_words() | {"country": _countries()}

    def code(self, kind: str, word: str) -> str:
        """The code that a word stands for; empty where it is unknown, or stands for several.

        A beginning of whole words is enough where only one label has it: "Social services".
        """
        known = self.codes[kind]
        for plain in _plain_words(word):
            codes = known.get(plain) or _codes_beginning_with(plain, known)
            if len(codes) == 1:
                return next(iter(codes))
        return ""


def label(name: str) -> str:
    """The label of a question in the active language."""
    return str(RegistrationForm.base_fields[name].label)


@cache
def _known_words() -> dict[str, dict[str, set[str]]]:
    """The words that stay the same while the portal runs: by kind, each with its codes."""
    kinds: dict[str, Callable[[], list[Choice]]] = {
        "heading": lambda: [(name, label(name)) for name in COLUMNS],
        "profession": lambda: list(Profession.choices),
        "organisation_type": lambda: list(OrganisationType.choices),
        "sex": lambda: list(Sex.choices[:-1]),
        "language": _language_names,
    }
    known = {kind: _words_in_all_languages(choices) for kind, choices in kinds.items()}
    _add_words(known["heading"], OTHER_HEADINGS)
    _add_words(known["profession"], OTHER_PROFESSIONS)
    return known


def _language_names() -> list[Choice]:
    """Each language by its own name, by those of our own pages in the active language, and by that of a library."""
    names: list[Choice] = list(settings.LANGUAGES)
    library = Locale.parse(locale())
    for code, name in settings.LANGUAGES:
        info = get_language_info(code)
        names += [(code, _(name)), (code, info["name"]), (code, info["name_translated"]), (code, info["name_local"])]
        names.append((code, library.languages.get(code, name)))
    return names


def _countries() -> dict[str, set[str]]:
    """The words for the countries of the database, which may change, and for any other country."""
    codes = {word: set(others) for word, others in _names_of_all_countries().items()}
    ours = {country.code for country in Country.objects.all()}
    codes = {word: {code if code in ours else ANOTHER_COUNTRY[0] for code in named} for word, named in codes.items()}
    for word, others in _words_in_all_languages(lambda: [ANOTHER_COUNTRY]).items():
        codes.setdefault(word, set()).update(others)
    for country in Country.objects.all():
        names = [country.code, *(getattr(country, column("name", code)) or "" for code in CODES)]
        for word in (*names, *OTHER_COUNTRIES.get(country.code, ())):
            for plain in _plain_words(word):
                codes[plain] = {country.code}
    return codes


@cache
def _names_of_all_countries() -> dict[str, frozenset[str]]:
    """The names of all countries in the eight languages, by our words; a name that several countries have is left out.

    A country of the portal is also known by its further names.
    """
    names: dict[str, set[str]] = {}
    for language in CODES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == len("GR") and code.isalpha():
                for plain in _plain_words(name):
                    names.setdefault(plain, set()).add(code)
    return {name: frozenset(codes) for name, codes in names.items() if len(codes) == 1}


def _words_in_all_languages(choices: Callable[[], list[Choice]]) -> dict[str, set[str]]:
    codes: dict[str, set[str]] = {}
    for language in CODES:
        with override(language):
            for code, name in choices():
                _add_words(codes, {code: [code, str(name)]})
    return codes


def _add_words(codes: dict[str, set[str]], words: dict[str, list[str]]) -> None:
    for code, names in words.items():
        for name in names:
            for plain in _plain_words(name):
                codes.setdefault(plain, set()).add(code)


def _codes_beginning_with(plain: str, known: dict[str, set[str]]) -> set[str]:
    """The codes of all words that begin with these ones."""
    return set().union(*(codes for word, codes in known.items() if word.startswith(f"{plain} ")))


def _plain_words(word: str) -> Iterable[str]:
    """A word as two people would write it, without capitals, accents and signs: also in the Latin letters of Serbian,
    with đ as d and as dj."""
    latin = word.lower().translate(SERBIAN)
    variants = (word, latin, latin.replace("đ", "dj"))
    return dict.fromkeys(plain for plain in map(_plain_word, variants) if plain)


def _plain_word(word: str) -> str:
    signs = "".join(sign if sign.isalnum() else " " for sign in fold_name(word).replace("e mail", "email"))
    return " ".join(signs.split())
