"""Two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from victor.publishing.richtext import plain_text

WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """Some words that both versions have, or only the old or only the new one."""

    text: str
    in_old: bool = True
    in_new: bool = True


def compare(old: str, new: str) -> Iterator[Piece]:
    """The pieces of which both are made, in order; markup is left out."""
    before, after = WORD.findall(plain_text(old)), WORD.findall(plain_text(new))
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("".join(after[new_start:new_end]))
            continue
        if start < end:
            yield Piece("".join(before[start:end]), in_new=False)
        if new_start < new_end:
            yield Piece("".join(after[new_start:new_end]), in_old=False)
