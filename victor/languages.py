"""Languages, and the columns that hold a text in each of them. NULL means "not published in this language".

Read texts through this module. The plain field falls back to another language and hides which one it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from victor import serbian

CODES: tuple[str, ...] = settings.MODELTRANSLATION_LANGUAGES
SERBIAN = str.maketrans(serbian.SMALL_LETTERS)  # from Cyrillic letters into Latin ones
# Languages of the interface in which nobody writes: they show the texts of another language in other letters.
SCRIPTS = {serbian.LATIN: serbian.CYRILLIC}
TAGS = {serbian.LATIN: "sr-Latn"}  # as BCP 47 writes them
MORE_TAGS = {serbian.CYRILLIC: ["sr-Cyrl"]}  # by which search engines find the same page too

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
    """The language of the texts that the reader gets, English where none is active. It has columns in the database."""
    language = content_language(get_language() or "")
    return language if language in CODES else CODES[0]


def interface_language() -> str:
    """The language of the page: that of its texts, or the same in other letters. It is in the address."""
    language = get_language()
    return language if language in SCRIPTS else current_language()


def content_language(language: str) -> str:
    """The language in which the texts for readers of `language` are written."""
    return SCRIPTS.get(language, language)


def interface_languages(language: str) -> list[str]:
    """The languages of the interface that show the texts of `language`: itself, and the same in other letters."""
    return [language, *(code for code, content in SCRIPTS.items() if content == language)]


def language_as_read(language: str) -> str:
    """`language` as the reader gets its texts: in other letters where the page is in those."""
    page = interface_language()
    return page if language == content_language(page) else language


def language_tag(language: str) -> str:
    """A language as HTML and HTTP name it."""
    return TAGS.get(language, language)


def in_readers_script(text: str) -> str:
    """A text in the language of the page, in the letters of the page."""
    return serbian.to_latin(text) if interface_language() == serbian.LATIN else text


def html_in_readers_script(html: str) -> str:
    """HTML in the language of the page, in the letters of the page."""
    return serbian.html_to_latin(html) if interface_language() == serbian.LATIN else html


def path_in_readers_script(path: str) -> str:
    """The path of a page in the language of this one, as the path of the same page in the letters of this one."""
    page = interface_language()
    return f"/{page}/{path.removeprefix(f'/{content_language(page)}/')}" if page in SCRIPTS else path


def locale() -> str:
    """The locale for dates in the active language. English dates are British, day first."""
    language = current_language()
    return "en_GB" if language == "en" else language


def spell_year(text: str) -> str:
    """A date with the word for the year in full: a short one ends in a full stop, which doubles at a sentence's end."""
    short, whole = YEARS.get(current_language(), ("", ""))
    return text.removesuffix(short) + whole if short and text.endswith(short) else text


def local_text(obj: object, field: str) -> LocalText:
    """The text of `field` for the reader, or the first of the other languages that has one."""
    text = stored_text(obj, field)
    return text if text.language else LocalText(in_readers_script(text.text), None)


def local_html(obj: object, field: str) -> LocalText:
    """The same of a field with rich text."""
    text = stored_text(obj, field)
    return text if text.language else LocalText(html_in_readers_script(text.text), None)


def stored_text(obj: object, field: str) -> LocalText:
    """The text of `field` in the active language or the first other one that has it, in the letters it is stored in."""
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
