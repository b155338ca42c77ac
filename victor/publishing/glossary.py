"""The partnership's terms in eight languages: which of them a source text uses, and whether a translation follows."""

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
ENDING = 3  # letters at a word's end that cases and numbers change


@dataclass(frozen=True)
class Term:
    """A term of the source, what it is called in the other language, and whether the translation says so."""

    source: str
    target: str
    doubtful: bool
    used: bool


@cache
def _rows() -> list[dict[str, str]]:
    with TERMS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def terms_in(source: str, language: str, translation: str) -> Iterator[Term]:
    """The terms that stand in an English text, the longest first."""
    text, other = plain_text(source).casefold(), plain_text(translation).casefold()
    for row in sorted(_rows(), key=lambda row: -len(row["en"])):
        if re.search(rf"\b{re.escape(row['en'].casefold())}(s|es)?\b", text) and row[language]:
            doubtful = f"doubtful: {language}" in (row["note"] or "")
            yield Term(row["en"], row[language], doubtful, _uses_term(other, row[language]))


def _uses_term(text: str, term: str) -> bool:
    """Whether every word of the term is there, whatever its ending; of several spellings one is enough."""
    return any(
        all(_stem(word) in text for word in re.findall(r"\w+", spelling)) for spelling in term.casefold().split("/")
    )


def _stem(word: str) -> str:
    return word[: max(MIN_STEM, len(word) - ENDING)]
