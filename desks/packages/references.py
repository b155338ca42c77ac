"""What the receipt code of a package looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desks.packages.receipts import GROUP, GROUPS, SIGNS
from victor.references import finds_references, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from victor.references import Span

DIGIT = re.compile(r"[0-9]")
CODE = re.compile(
    rf"(?<![A-Z0-9])(?:[{SIGNS}]{{{GROUP}}}[ -]{{1,3}}){{{GROUPS - 1}}}[{SIGNS}]{{{GROUP}}}(?![A-Z0-9])", re.IGNORECASE
)


@finds_references
def receipt_codes(text: str) -> Iterator[Span]:
    """Four groups of four signs. Four words of four letters are no code: it has a digit."""
    for start, end in spans_of(CODE, text):
        if DIGIT.search(text, start, end):
            yield start, end
