"""The glossary in eight languages: which terms a source text uses, and whether its translation uses them too."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from victor.publishing.richtext import plain_text

TERMS = Path(__file__).with_name("data") / "glossary.tsv"
MIN_STEM = 4
MAX_ENDING = 3  # letters at the end of a word that change with case and number


@dataclass(frozen=True)
class Term:
    """A term in English and in the other language. `used`: whether the translation uses it."""

    source: str
    target: str
    doubtful: bool
    used: bool


@cache
def _rows() -> list[dict[str, str]]:
    with TERMS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def terms_in(source: str, language: str, translation: str) -> Iterator[Term]:
    """The terms that an English text uses, the longest first."""
    text, other = plain_text(source).casefold(), plain_text(translation).casefold()
    for row in sorted(_rows(), key=lambda row: -len(row["en"])):
        if re.search(rf"\b{re.escape(row['en'].casefold())}(s|es)?\b", text) and row[language]:
            doubtful = f"doubtful: {language}" in (row["note"] or "")
            yield Term(row["en"], row[language], doubtful, _uses_term(other, row[language]))


def _uses_term(text: str, term: str) -> bool:
    """Whether the text has every word of the term, whatever its ending. One of several spellings is enough."""
    return any(
        all(_stem(word) in text for word in re.findall(r"\w+", spelling)) for spelling in term.casefold().split("/")
    )


def _stem(word: str) -> str:
    return word[: max(MIN_STEM, len(word) - MAX_ENDING)]
