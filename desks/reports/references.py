"""What the reference of a report looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from victor.references import finds_references, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from victor.references import Span

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
REFERENCE_LENGTH = 6
SIGN = f"[{REFERENCE_LETTERS}]"
WITH_DIGIT = rf"(?=[A-Z]*[0-9]){SIGN}{{{REFERENCE_LENGTH}}}(?![A-Z0-9])"
# In capital letters with its hyphen; else only with a digit, so that "re-tested" is none.
IN_CAPITALS = re.compile(rf"(?<![A-Z0-9])[A-Z]{{2}} ?- ?{SIGN}{{{REFERENCE_LENGTH}}}(?![A-Z0-9])")
WITHOUT_HYPHEN = re.compile(rf"(?<![A-Z0-9])[A-Z]{{2}} ?{WITH_DIGIT}")
WITH_HYPHEN = re.compile(rf"(?<![A-Z0-9])[A-Z]{{2}} ?- ?{WITH_DIGIT}", re.IGNORECASE)


@finds_references
def report_references(text: str) -> Iterator[Span]:
    """A country, and six signs: GR-GE2T47."""
    for pattern in (IN_CAPITALS, WITHOUT_HYPHEN, WITH_HYPHEN):
        yield from spans_of(pattern, text)
