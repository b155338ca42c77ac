"""What the reference of a case looks like. Referrals and packages have references of the same kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from victor.references import finds_references, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from victor.references import Span

REFERENCE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # none that is read as another
HALF = f"[{REFERENCE_SIGNS}]{{3}}"
WHOLE = rf"(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[{REFERENCE_SIGNS}]{{6}}"
# A hyphen alone joins other things too, so without it a reference has a digit and a letter.
WITH_HYPHEN = re.compile(rf"(?<![A-Z0-9-]){HALF} ?- ?{HALF}(?![A-Z0-9-])", re.IGNORECASE)
WITH_BLANK = re.compile(rf"(?<![A-Z0-9-])(?=[A-Z ]*[0-9])(?=[0-9 ]*[A-Z]){HALF} {HALF}(?![A-Za-z0-9-])")
IN_ONE = re.compile(rf"(?<![A-Z0-9-]){WHOLE}(?![A-Z0-9-])", re.IGNORECASE)


@finds_references
def case_references(text: str) -> Iterator[Span]:
    """Twice three signs: R4M-7KQ."""
    for pattern in (WITH_HYPHEN, WITH_BLANK, IN_ONE):
        yield from spans_of(pattern, text)
