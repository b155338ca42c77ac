"""Boxes of MP4 files: read one after the other, and made."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from victor.files.metadata.errors import NoCopy

MAX_SAMPLES = 2_000_000


class Box(NamedTuple):
    """A box of a film: its name, and the offsets of its start, its content and its end."""

    name: bytes
    start: int
    content: int
    end: int


def iter_boxes(film: bytes, start: int, end: int, *, lenient: bool = False) -> Iterator[Box]:
    """The boxes from a start to an end. A lenient reader stops where something else follows."""
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", film, start)
        content = start + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", film, content)
            content += 8
        elif size == 0:
            size = end - start
        if size < content - start or start + size > end:
            if lenient:
                return
            raise NoCopy
        yield Box(name, start, content, start + size)
        start += size


def boxes_at(film: bytes, within: Box, *path: bytes) -> list[Box]:
    """The boxes of that name, within those of the names before."""
    boxes = [within]
    for name in path:
        boxes = [
            box
            for outer in boxes
            for box in iter_boxes(film, outer.content, outer.end, lenient=True)
            if box.name == name
        ]
    return boxes


def read_sizes(film: bytes, table: Box) -> list[int]:
    """The size of each sample."""
    common, count = struct.unpack_from(">II", film, table.content + 4)
    if count > MAX_SAMPLES:
        raise NoCopy
    if table.name == b"stz2":
        return _read_narrow(film, table, common & 0xFF, count)
    if common:
        return [common] * min(count, len(film) // common + 1)
    end = table.content + 12 + 4 * count
    if end > table.end:
        raise NoCopy
    return list(struct.unpack_from(f">{count}I", film, table.content + 12))


def _read_narrow(film: bytes, table: Box, width: int, count: int) -> list[int]:
    if width not in {8, 16} or table.content + 12 + count * width // 8 > table.end:
        raise NoCopy
    return list(struct.unpack_from(f">{count}{'B' if width == 8 else 'H'}", film, table.content + 12))


def read_numbers(film: bytes, table: Box, layout: str) -> list[tuple[int, ...]]:
    """The rows of a table that says how many it has."""
    (count,) = struct.unpack_from(">I", film, table.content + 4)
    end = table.content + 8 + struct.calcsize(layout) * count
    if end > table.end or count > MAX_SAMPLES:
        raise NoCopy
    return list(struct.iter_unpack(layout, film[table.content + 8 : end]))


def box(name: bytes, *contents: bytes) -> bytes:
    """A box."""
    return struct.pack(">I4s", 8 + sum(map(len, contents)), name) + b"".join(contents)


def full_box(name: bytes, *contents: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with a version and flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *contents)
