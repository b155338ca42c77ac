"""Which signs our fonts have: read from the fonts themselves, without setting anything."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
SEGMENTED, BY_GROUPS = 4, 12  # formats of the table that maps signs to glyphs (OpenType, "cmap")


def signs_without_glyph(text: str) -> str:
    """The signs of a text that none of our fonts has, each once. Ends of lines are no signs."""
    known = covered_signs()
    return "".join(sorted({sign for sign in text if ord(sign) not in known and sign not in "\t\r\n"}))


@cache
def covered_signs() -> frozenset[int]:
    """The signs that our fonts have together: where one lacks a sign, another one stands in."""
    fonts = [_signs_of(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(set.union(*fonts))


def _signs_of(font: bytes) -> set[int]:
    table = _offset_of(font, b"cmap")
    count = struct.unpack_from(">H", font, table + 2)[0]
    offsets = [struct.unpack_from(">HHI", font, table + 4 + 8 * number)[2] for number in range(count)]
    signs: set[int] = set()
    for offset in offsets:
        file_format = struct.unpack_from(">H", font, table + offset)[0]
        if file_format == SEGMENTED:
            signs |= _signs_of_segments(font, table + offset)
        elif file_format == BY_GROUPS:
            signs |= _signs_of_groups(font, table + offset)
    return signs


def _offset_of(font: bytes, name: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(count))
    return next(offset for tag, _sum, offset, _length in records if tag == name)


def _signs_of_segments(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    return {sign for start, end in zip(starts, ends, strict=True) for sign in range(start, end + 1) if end != 0xFFFF}


def _signs_of_groups(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">I", font, at + 12)[0]
    groups = [struct.unpack_from(">III", font, at + 16 + 12 * number) for number in range(count)]
    return {sign for start, end, _glyph in groups for sign in range(start, end + 1)}
