"""Answers come whole, in parts of a size that is worth it, and are closed at their end."""

from __future__ import annotations

from collections.abc import Iterator

from victor.server.bridge import PART_BYTES, PartReader


class Chunks:
    """An answer that notes that it was closed."""

    def __init__(self, count: int, size: int) -> None:
        self.count, self.size, self.closed = count, size, 0

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"x" * self.size] * self.count)

    def close(self) -> None:
        self.closed += 1


def test_small_answer_is_one_part_and_closed():
    chunks = Chunks(3, 10)
    parts = PartReader(chunks)
    assert parts.read() == b"x" * 30
    assert parts.is_finished
    assert chunks.closed == 1


def test_large_answer_comes_in_parts():
    chunks = Chunks(5, PART_BYTES // 2)
    parts, sizes = PartReader(chunks), []
    while not parts.is_finished:
        sizes.append(len(parts.read()))
    assert sizes == [PART_BYTES, PART_BYTES, PART_BYTES // 2]
    assert chunks.closed == 1


def test_answer_that_nobody_reads_to_its_end_is_closed_once():
    chunks = Chunks(5, PART_BYTES)
    parts = PartReader(chunks)
    parts.read()
    parts.close()
    parts.close()
    assert chunks.closed == 1
