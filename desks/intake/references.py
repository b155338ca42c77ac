"""What the receipt of a report looks like: its digits, or its words in any language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desks.intake.receipts import BYTES, DIGITS, LANGUAGES, fold_word, words_of_receipts
from victor.references import finds_references, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from victor.references import Span

WORDS = BYTES + 1
IN_DIGITS = re.compile(rf"(?<![0-9])[0-9](?:[ .,/-]{{0,3}}[0-9]){{{DIGITS}}}(?![0-9])")
WORD = re.compile(r"[^\W\d_]+")


@finds_references
def receipts_in_digits(text: str) -> Iterator[Span]:
    """Twenty-one digits, whatever stands between them."""
    yield from spans_of(IN_DIGITS, text)


@finds_references
def receipts_in_words(text: str) -> Iterator[Span]:
    """Nine words in a row that stand in one list, in whatever order: a receipt with a slip is one too."""
    typed = [(fold_word(match.group()), match.span()) for match in WORD.finditer(text)]
    for language in LANGUAGES if len(typed) >= WORDS else ():
        known, run = words_of_receipts(language), 0
        for position, (word, (_start, end)) in enumerate(typed):
            run = run + 1 if word in known else 0
            if run == WORDS:
                yield typed[position - run + 1][1][0], end
                run = 0
