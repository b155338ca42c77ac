"""Suppression: which figures are hidden, so that nobody learns what a few people did.

Small figures are hidden, and with each as many others as are needed so that it cannot be calculated from the rest
(cell suppression, primary and complementary).

Figures are the sums of a table with any number of dimensions. Take a box of figures: two in each dimension, where one
may be the total. If every other figure of the box is larger by one and the rest smaller by one, all other sums stay the
same. For each small figure such a box is chosen, and everything in it that would be shown is hidden. So each hidden
figure could be larger or smaller, and no reader can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeVar

TOTAL = None
Key = tuple[str | None, ...]  # a value in each dimension, or TOTAL
Corner = tuple[tuple[bool, ...], int, bool]  # its side in each dimension, the figure it needs, whether it is shown
Number = TypeVar("Number", int, float)


def totals(cells: Mapping[tuple[str, ...], Number]) -> dict[Key, Number]:
    """Every figure of a table with all its sums. A figure that is missing is 0."""
    sums: dict[Key, Number] = {}
    for cell, number in cells.items():
        for key in product(*((value, TOTAL) for value in cell)):
            sums[key] = sums.get(key, 0) + number
    return {key: number for key, number in sums.items() if number}


def figures_to_hide(
    figures: Mapping[Key, int], values: Sequence[Sequence[str]], *, is_shown: Callable[[Key], bool], hide_below: int
) -> set[Key]:
    """The figures to hide among those that would be shown. Zeros are shown: they are about nobody."""
    small = [key for key, number in figures.items() if number < hide_below and is_shown(key)]
    hidden, protected = set(small), set[Key]()
    for key in sorted(small, key=lambda key: (figures[key], str(key))):
        if key not in protected:
            box = _cheapest_box(key, hidden, figures, values, is_shown)
            protected |= box
            hidden |= box
    return hidden


def sums_to_hide(
    figures: Mapping[Key, int], hidden: set[Key], *, is_shown: Callable[[Key], bool], hide_below: int
) -> set[Key]:
    """The figures to hide where sums of answers are shown: `hidden`, and more.

    The sum of all hidden figures of a line can be calculated from the total of the line, so it must not be small.
    """
    hidden, lines = set(hidden), list(_lines(figures, is_shown))
    changed = True
    while changed:
        changed = False
        for total, parts in lines:
            hidden_sum = sum(figures[part] for part in parts if part in hidden)
            if total in hidden or not 0 < hidden_sum < hide_below:
                continue
            visible = [part for part in parts if part not in hidden]
            hidden.add(min(visible, key=lambda part: (figures[part], str(part))) if visible else total)
            changed = True
    return hidden


def _lines(figures: Mapping[Key, int], is_shown: Callable[[Key], bool]) -> Iterator[tuple[Key, list[Key]]]:
    """Every total that is shown, with the figures that add up to it, for each dimension."""
    parts: dict[Key, dict[int, list[Key]]] = {}
    for key in filter(is_shown, figures):
        for dimension, value in enumerate(key):
            total = (*key[:dimension], TOTAL, *key[dimension + 1 :])
            if value is not TOTAL and is_shown(total):
                parts.setdefault(total, {}).setdefault(dimension, []).append(key)
    for total, lines in parts.items():
        for line in lines.values():
            yield total, line


def _cheapest_box(
    key: Key,
    hidden: set[Key],
    figures: Mapping[Key, int],
    values: Sequence[Sequence[str]],
    is_shown: Callable[[Key], bool],
) -> set[Key]:
    """The box that hides the smallest sum of figures that are not hidden yet. There always is one."""
    best, least = set[Key](), None
    for box in _boxes(key, figures, values, is_shown):
        cost = sum(figures[corner] for corner in box - hidden)
        if least is None or cost < least:
            best, least = box, cost
        if not cost:
            break
    return best


def _boxes(
    key: Key, figures: Mapping[Key, int], values: Sequence[Sequence[str]], is_shown: Callable[[Key], bool]
) -> Iterator[set[Key]]:
    """Every possible box with this figure as a corner, in both senses, without what is not shown."""
    others = [[value for value in (*known, TOTAL) if value != own] for own, known in zip(key, values, strict=True)]
    plans: dict[tuple[bool, ...], list[list[Corner]]] = {}
    for other in product(*others):
        shape = tuple(value is TOTAL for value in other)
        if shape not in plans:
            plans[shape] = [_corners(key, other, sense, is_shown) for sense in (1, -1)]
        for corners in plans[shape]:
            if all(figures.get(_corner(key, other, side), 0) >= needed for side, needed, _shown in corners):
                yield {_corner(key, other, side) for side, _needed, shown in corners if shown}


def _corners(key: Key, other: Key, sense: int, is_shown: Callable[[Key], bool]) -> list[Corner]:
    """The corners of a box, and the figure that each needs, so that no figure of the other table is below zero.

    A hidden figure is not zero. A figure that is not shown may grow from zero. Corners that are likely to be zero come
    first, since most boxes are not possible.
    """
    ranked = []
    for side in product((False, True), repeat=len(key)):
        corner = _corner(key, other, side)
        falls, shown = sense * _sign(corner, key) < 0, is_shown(corner)
        needed = (2 if falls else 1) if shown else int(falls)
        if needed:
            ranked.append((corner.count(TOTAL), (side, needed, shown)))
    return [corner for _totals, corner in sorted(ranked, key=lambda item: item[0])]


def _corner(key: Key, other: Key, side: tuple[bool, ...]) -> Key:
    return tuple([there if turned else here for here, there, turned in zip(key, other, side, strict=True)])


def _sign(corner: Key, key: Key) -> int:
    """Figures that add up change in opposite senses. A total changes with its figures."""
    steps = sum(mine != own for mine, own in zip(corner, key, strict=True))
    summed = sum((mine is TOTAL) != (own is TOTAL) for mine, own in zip(corner, key, strict=True))
    return (-1) ** (steps + summed)
