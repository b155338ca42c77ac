"""The modeltranslation columns hold what is published; NULL means "not published in this language".

Texts are read through here, never through the bare field, whose own fallback hides which language was shown.
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


@dataclass(frozen=True)
class LocalText:
    """A text as the reader gets it: `language` is None where it is the one that was asked for."""

    text: str
    language: str | None

    def __str__(self) -> str:
        return self.text


def column(field: str, language: str | None = None) -> str:
    """The name of the column that holds `field` in `language`, by default the active one; for use in expressions."""
    return build_localized_fieldname(field, language or current_language())


def columns(*fields: str) -> list[str]:
    """All columns of these fields in all languages."""
    return [column(field, code) for field in fields for code in CODES]


def current_language() -> str:
    """The active language, English where none is."""
    language = get_language()
    return language if language in CODES else CODES[0]


def locale() -> str:
    """How dates are written in the active language; English as in Britain, day first."""
    language = current_language()
    return "en_GB" if language == "en" else language


def local_text(obj: models.Model, field: str) -> LocalText:
    """The text of `field` in the active language, or the first of the others that has one."""
    asked = current_language()
    for code in (asked, *CODES):
        if text := getattr(obj, column(field, code)):
            return LocalText(text, None if code == asked else code)
    return LocalText("", None)


def languages_with(obj: models.Model, *fields: str) -> list[str]:
    """The languages in which every one of these fields has a text."""
    return [code for code in CODES if all(getattr(obj, column(field, code)) for field in fields)]


def no_empty_texts(name: str, *fields: str) -> models.CheckConstraint:
    """A constraint: these fields hold a text or NULL in each language, never an empty text."""
    condition = models.Q()
    for each in columns(*fields):
        condition &= ~models.Q(**{each: ""})
    return models.CheckConstraint(condition=condition, name=name)
