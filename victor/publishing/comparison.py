"""Compares two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from victor.publishing.richtext import plain_text

WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """Some words that are in both versions, or only in the old or the new one."""

    text: str
    in_old: bool = True
    in_new: bool = True


def compare(old: str, new: str) -> Iterator[Piece]:
    """The pieces of both versions, in order, without markup."""
    before, after = WORD.findall(plain_text(old)), WORD.findall(plain_text(new))
    for operation, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            yield Piece("".join(after[new_start:new_end]))
            continue
        if start < end:
            yield Piece("".join(before[start:end]), in_new=False)
        if new_start < new_end:
            yield Piece("".join(after[new_start:new_end]), in_old=False)
