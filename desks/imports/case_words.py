"""The words of a list that are certain in any of our languages, and their codes. The rest is asked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from django.conf import settings
from django.utils.translation import override

from desks.exchange.case_words import SEPARATORS, countries_in
from desks.facts.states import Sex
from desks.imports.states import OwnField
from partners.directory.code_lists import COUNTRIES
from victor.languages import locale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]


def code_of(field: OwnField, word: str) -> str:
    """The code that a word of a coded column stands for; empty where somebody has to say it."""
    if field == OwnField.CITIZENSHIPS:
        countries, parts = countries_in(word), [part for part in SEPARATORS.split(word) if part.strip()]
        return ", ".join(countries) if len(countries) == len(parts) else ""
    return _known_words()[field].get(_plain(word), "")


def choices_of(field: OwnField) -> list[tuple[str, str]]:
    """The codes of a coded column, with their words in the reader's language."""
    if field == OwnField.SEX:
        return [(str(code), str(label)) for code, label in Sex.choices]
    if field == OwnField.LANGUAGE:
        return [(code, str(name)) for code, name in settings.CONTENT_LANGUAGES]
    names = Locale.parse(locale()).territories
    return sorted(((code, names[code]) for code in COUNTRIES), key=lambda choice: choice[1])


def field_of(heading: str) -> OwnField:
    """What a column is, where its heading is the label of a field in one of our languages."""
    return OwnField(_known_headings().get(_plain(heading), ""))


@cache
def _known_headings() -> dict[str, str]:
    return _in_all_languages(lambda: [(field.value, str(field.label)) for field in OwnField if field.value])


@cache
def _known_words() -> dict[OwnField, dict[str, str]]:
    names = [
        (code, Locale.parse(language).languages[code.partition("-")[0]]) for language in LANGUAGES for code in LANGUAGES
    ]
    languages = {_plain(name): code for code, name in [*names, *((code, code) for code in LANGUAGES)]}
    sexes = _in_all_languages(lambda: [(code, str(label)) for code, label in Sex.choices])
    return {OwnField.SEX: sexes, OwnField.LANGUAGE: languages}


def _in_all_languages(choices: Callable[[], Iterable[tuple[str, str]]]) -> dict[str, str]:
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            words |= {_plain(label): code for code, label in choices()}
    return words


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())
