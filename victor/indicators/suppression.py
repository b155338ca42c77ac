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

TOTAL = None
Key = tuple[str | None, ...]  # a value in each direction, or TOTAL
Box = dict[Key, int]  # how much each of its figures differs in the other table


def totals(cells: Mapping[tuple[str, ...], int]) -> dict[Key, int]:
    """Every figure of a table with all its sums; what is not named is 0."""
    found: dict[Key, int] = {}
    for cell, number in cells.items():
        for key in product(*((value, TOTAL) for value in cell)):
            found[key] = found.get(key, 0) + number
    return {key: number for key, number in found.items() if number}


def hidden(
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


def _cheapest(
    key: Key,
    found: set[Key],
    figures: Mapping[Key, int],
    values: Sequence[Sequence[str]],
    is_shown: Callable[[Key], bool],
) -> set[Key]:
    """The figures of the box that hides least of what is not hidden yet. There is one always: one thing more."""
    boxes = (
        {each for each in box if is_shown(each)}
        for box in _boxes(key, values)
        if all(_is_possible(figures.get(each, 0), change, is_shown(each)) for each, change in box.items())
    )
    return min(boxes, key=lambda box: sum(figures[each] for each in box - found))


def _boxes(key: Key, values: Sequence[Sequence[str]]) -> Iterator[Box]:
    """Every box with this figure as a corner, in both senses."""
    others = [[each for each in (*known, TOTAL) if each != own] for own, known in zip(key, values, strict=True)]
    for other in product(*others):
        corners = list(product(*zip(key, other, strict=True)))
        for sense in (1, -1):
            yield {corner: sense * _sign(corner, key) for corner in corners}


def _sign(corner: Key, key: Key) -> int:
    """Figures that add up change against each other; a total changes with its figures."""
    steps = sum(mine != own for mine, own in zip(corner, key, strict=True))
    summed = sum((mine is TOTAL) != (own is TOTAL) for mine, own in zip(corner, key, strict=True))
    return (-1) ** (steps + summed)


def _is_possible(number: int, change: int, shown: bool) -> bool:
    """Whether a figure could be another: none is below nothing, and a hidden one is not nothing."""
    return number + change >= 1 and number >= 1 if shown else number + change >= 0
