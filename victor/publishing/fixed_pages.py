"""Pages that are no published text, such as a form. Search finds them by words that are declared for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from victor.folding import APOSTROPHES, fold
from victor.publishing.models import SearchDocument
from victor.publishing.search_index import MAX_ENDING, WORD

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MIN_LETTERS = 3  # of a word that says what somebody looks for


@dataclass(frozen=True)
class FixedPage:
    """A page with its URL name. `words` are those by which people look for it, beside the words of its title."""

    name: str
    title: _StrPromise
    text: _StrPromise
    words: _StrPromise


FIXED_PAGES: list[FixedPage] = []


def find_fixed_pages(question: str, language: str) -> list[SearchDocument]:
    """The pages for which every word of the query is declared, in any of its forms. They are not stored."""
    words = [word for word in _words(question, language) if len(word) >= MIN_LETTERS]
    if not words:
        return []
    return [
        SearchDocument(language=language, title=str(page.title), text=str(page.text), path=reverse(page.name))
        for page in FIXED_PAGES
        if all(_is_declared(word, _words(f"{page.title} {page.words}", language)) for word in words)
    ]


def _is_declared(word: str, declared: list[str]) -> bool:
    stem = word[: max(min(len(word), 4), len(word) - MAX_ENDING)]
    return any(known.startswith(stem) for known in declared)


def _words(text: str, language: str) -> list[str]:
    return WORD.findall(fold(APOSTROPHES.sub("", text), language))
