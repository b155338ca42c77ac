"""Languages, and the columns that hold a text in each of them. NULL means "not published in this language".

Read texts through this module. The plain field falls back to another language and hides which one it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

CODES: tuple[str, ...] = settings.MODELTRANSLATION_LANGUAGES
SERBIAN = str.maketrans(  # from Cyrillic letters into Latin ones
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dž"}
)

YEARS = {"bg": ("г.", "година"), "uk": ("р.", "року")}  # as CLDR ends a date, and in full


@dataclass(frozen=True)
class LocalText:
    """A text for the reader. `language` is None where it is the active language."""

    text: str
    language: str | None

    def __str__(self) -> str:
        return self.text


def column(field: str, language: str | None = None) -> str:
    """The column of `field` in `language`, by default the active one. For use in expressions."""
    return build_localized_fieldname(field, language or current_language())


def columns(*fields: str) -> list[str]:
    """All columns of these fields in all languages."""
    return [column(field, code) for field in fields for code in CODES]


def current_language() -> str:
    """The active language, English where none is."""
    language = get_language()
    return language if language in CODES else CODES[0]


def locale() -> str:
    """The locale for dates in the active language. English dates are British, day first."""
    language = current_language()
    return "en_GB" if language == "en" else language


def spell_year(text: str) -> str:
    """A date with the word for the year in full: a short one ends in a full stop, which doubles at a sentence's end."""
    short, whole = YEARS.get(current_language(), ("", ""))
    return text.removesuffix(short) + whole if short and text.endswith(short) else text


def local_text(obj: object, field: str) -> LocalText:
    """The text of `field` in the active language, or the first of the others that has one."""
    active = current_language()
    for code in (active, *CODES):
        if text := getattr(obj, column(field, code)):
            return LocalText(text, None if code == active else code)
    return LocalText("", None)


def languages_with(obj: models.Model, *fields: str) -> list[str]:
    """The languages in which every one of these fields has a text."""
    return [code for code in CODES if all(getattr(obj, column(field, code)) for field in fields)]


def no_empty_texts(name: str, *fields: str) -> models.CheckConstraint:
    """A constraint: in each language these fields have a text or NULL, never an empty text."""
    condition = models.Q()
    for name_ in columns(*fields):
        condition &= ~models.Q(**{name_: ""})
    return models.CheckConstraint(condition=condition, name=name)
