"""What looks like the reference of a report, a case or a referral, or like a receipt: a registry, which slices join.

A text that many people read, such as minutes, must not name a child's case by mistake. A slice that makes references
says in its `references.py` what they look like. It is better to ask once too often than not to ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]  # where a part of a text begins and ends
FindSpans: TypeAlias = "Callable[[str], Iterable[Span]]"
FINDERS: list[FindSpans] = []

# Greek and Cyrillic capital letters that look like Latin ones, and other hyphens and blanks.
LOOKALIKES = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТХ" + "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad" + "\u00a0\u202f\u2009\t\n\r",
    "ABEZHIKMNOPTYXABESIJKMHOPCTX" + "-------" + "      ",
)


def finds_references(find: FindSpans) -> FindSpans:
    """Declare what finds the references of a slice in a text: where each begins and ends."""
    FINDERS.append(find)
    return find


def spans_of(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Where a pattern of Latin letters fits, whatever alphabet and hyphens somebody has typed it with."""
    for match in pattern.finditer(text.translate(LOOKALIKES)):
        yield match.span()


def suspected_references(text: str) -> list[str]:
    """The parts of a text that look like a reference, as they were typed, each once, in their order."""
    spans = sorted(span for find in FINDERS for span in find(text))
    parts: dict[str, None] = {}
    end = 0
    for start, stop in spans:
        if start >= end:
            parts[text[start:stop]] = None
            end = stop
    return list(parts)


def undecided_reference(text: str, *, saved: Iterable[str] = (), allowed: Iterable[str] = ()) -> str:
    """The first part of a text that looks like a reference, "" where there is none.

    What stands in a saved text was decided before, and what is allowed is something else, as somebody has said.
    """
    decided = {part for before in saved for part in suspected_references(before)} | set(allowed)
    return next((part for part in suspected_references(text) if part not in decided), "")


def without_reference(text: str, reference: str) -> str:
    """The text without this part, wherever it stands in it."""
    around = re.compile(rf" ?{re.escape(reference)}")
    return around.sub("", text).strip()
