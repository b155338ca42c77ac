"""Where a figure stands in a table: its shape, the lines that it is part of, and the corners of boxes of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import product
from typing import TypeVar

TOTAL = None
ANY = "*any*"  # several values together, where no table tells them apart
Key = tuple[str | None, ...]  # a value in each dimension, or TOTAL
Cell = tuple[str, ...]  # a value in each dimension
Side = tuple[bool, ...]  # a corner of a box: in which dimensions it is on the other side
Number = TypeVar("Number", int, float)


def totals(cells: Mapping[Cell, Number], shapes: Collection[Side] | None = None) -> dict[Key, Number]:
    """Every figure of a table with all its sums, or those of some shapes. A figure that is missing is 0."""
    sums: dict[Key, Number] = {}
    for cell, number in cells.items():
        wanted = product((True, False), repeat=len(cell)) if shapes is None else shapes
        for key in (key_of(cell, shape) for shape in wanted):
            sums[key] = sums.get(key, 0) + number
    return {key: number for key, number in sums.items() if number}


def corner_of(key: Key, other: Key, side: Side) -> Key:
    """A corner of the box between two opposite ones."""
    return tuple([there if turned else here for here, there, turned in zip(key, other, side, strict=True)])


def key_of(cell: Cell, shape: Side) -> Key:
    """The figure of a shape to which a cell adds."""
    return tuple([value if there else TOTAL for value, there in zip(cell, shape, strict=True)])


def without(key: Key, places: Collection[int]) -> Key:
    """The values at all other places."""
    return tuple([value for place, value in enumerate(key) if place not in places])


def lines_of(key: Key) -> list[tuple[int, Key]]:
    """The lines that a figure is part of: the dimension of each, and the total."""
    return [
        (dimension, (*key[:dimension], TOTAL, *key[dimension + 1 :]))
        for dimension, value in enumerate(key)
        if value is not TOTAL
    ]


def rises(key: Key, other: Key, side: Side) -> bool:
    """Whether a corner changes as the first one does. A total does, and figures that add up change the other way."""
    swaps = Counter(
        turned and here is not TOTAL and there is not TOTAL
        for here, there, turned in zip(key, other, side, strict=True)
    )
    return swaps[True] % 2 == 0


def sortable(key: Key) -> str:
    """Orders figures, also those with a total."""
    return str(key)
