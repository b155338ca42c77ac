"""Which figures are hidden, so that nobody learns of a few persons what they did.

Small figures are hidden, and beside each as many others as it takes that it cannot be worked out from what is shown.

Figures are the sums of a table in any number of directions. Whatever else a reader may believe, the table could be
another one: a box of figures (two in each direction, the total among them) of which every other one is larger by one
and the rest smaller by one has the same sums everywhere else. Each small figure is given such a box, in which all that
is shown to anybody is hidden; so every hidden figure could be larger or smaller, and nobody can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeVar

TOTAL = None
Key = tuple[str | None, ...]  # a value in each direction, or TOTAL
Corner = tuple[tuple[bool, ...], int, bool]  # on which side of each direction, how much it needs, whether it is shown
Number = TypeVar("Number", int, float)


def totals(cells: Mapping[tuple[str, ...], Number]) -> dict[Key, Number]:
    """Every figure of a table with all its sums; what is not named is 0."""
    found: dict[Key, Number] = {}
    for cell, number in cells.items():
        for key in product(*((value, TOTAL) for value in cell)):
            found[key] = found.get(key, 0) + number
    return {key: number for key, number in found.items() if number}


def figures_to_hide(
    figures: Mapping[Key, int], values: Sequence[Sequence[str]], *, is_shown: Callable[[Key], bool], hide_below: int
) -> set[Key]:
    """Which of the figures that would be shown are hidden. A zero is shown: it is about nobody."""
    small = [key for key, number in figures.items() if number < hide_below and is_shown(key)]
    found, safe = set(small), set[Key]()
    for key in sorted(small, key=lambda each: (figures[each], str(each))):
        if key not in safe:
            box = _cheapest(key, found, figures, values, is_shown)
            safe |= box
            found |= box
    return found


def sums_to_hide(
    figures: Mapping[Key, int], found: set[Key], *, is_shown: Callable[[Key], bool], hide_below: int
) -> set[Key]:
    """What else is hidden where there are sums of answers: what is hidden in a line can be told from its total, as a
    whole, so it is always about enough."""
    found, lines = set(found), list(_lines(figures, is_shown))
    changed = True
    while changed:
        changed = False
        for total, parts in lines:
            gone = sum(figures[each] for each in parts if each in found)
            if total in found or not 0 < gone < hide_below:
                continue
            left = [each for each in parts if each not in found]
            found.add(min(left, key=lambda each: (figures[each], str(each))) if left else total)
            changed = True
    return found


def _lines(figures: Mapping[Key, int], is_shown: Callable[[Key], bool]) -> Iterator[tuple[Key, list[Key]]]:
    """Every total that is shown, with the figures that add up to it."""
    parts: dict[Key, dict[int, list[Key]]] = {}
    for key in filter(is_shown, figures):
        for place, value in enumerate(key):
            total = (*key[:place], TOTAL, *key[place + 1 :])
            if value is not TOTAL and is_shown(total):
                parts.setdefault(total, {}).setdefault(place, []).append(key)
    for total, lines in parts.items():
        for line in lines.values():
            yield total, line


def _cheapest(
    key: Key,
    found: set[Key],
    figures: Mapping[Key, int],
    values: Sequence[Sequence[str]],
    is_shown: Callable[[Key], bool],
) -> set[Key]:
    """The figures of the box that hides least of what is not hidden yet. There is one always: one thing more."""
    best, least = set[Key](), None
    for box in _boxes(key, figures, values, is_shown):
        cost = sum(figures[each] for each in box - found)
        if least is None or cost < least:
            best, least = box, cost
        if not cost:
            break
    return best


def _boxes(
    key: Key, figures: Mapping[Key, int], values: Sequence[Sequence[str]], is_shown: Callable[[Key], bool]
) -> Iterator[set[Key]]:
    """What is shown of every possible box with this figure as a corner, in both senses."""
    others = [[each for each in (*known, TOTAL) if each != own] for own, known in zip(key, values, strict=True)]
    plans: dict[tuple[bool, ...], list[list[Corner]]] = {}
    for other in product(*others):
        shape = tuple(each is TOTAL for each in other)
        if shape not in plans:
            plans[shape] = [_corners(key, other, sense, is_shown) for sense in (1, -1)]
        for corners in plans[shape]:
            if all(figures.get(_corner(key, other, side), 0) >= needed for side, needed, _shown in corners):
                yield {_corner(key, other, side) for side, _needed, shown in corners if shown}


def _corners(key: Key, other: Key, sense: int, is_shown: Callable[[Key], bool]) -> list[Corner]:
    """The corners of a box, and how much there has to be in each: none is below nothing in the other table, and what
    is hidden is not nothing. What takes no part in the figures that are shown may become more from nothing. Those in
    which it is likely that there is nothing come first: most boxes are not possible."""
    found = []
    for side in product((False, True), repeat=len(key)):
        corner = _corner(key, other, side)
        falls, shown = sense * _sign(corner, key) < 0, is_shown(corner)
        needed = (2 if falls else 1) if shown else int(falls)
        if needed:
            found.append((corner.count(TOTAL), (side, needed, shown)))
    return [each for _totals, each in sorted(found, key=lambda each: each[0])]


def _corner(key: Key, other: Key, side: tuple[bool, ...]) -> Key:
    return tuple([there if turned else here for here, there, turned in zip(key, other, side, strict=True)])


def _sign(corner: Key, key: Key) -> int:
    """Figures that add up change against each other; a total changes with its figures."""
    steps = sum(mine != own for mine, own in zip(corner, key, strict=True))
    summed = sum((mine is TOTAL) != (own is TOTAL) for mine, own in zip(corner, key, strict=True))
    return (-1) ** (steps + summed)
