"""Charts as inline SVG. Each stands beside its numbers, so that nobody has to see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

register = template.Library()

WIDTH, HEIGHT = 100, 40  # units of a chart that is stretched to its place
GAP = 0.25  # of a column's place


@dataclass(frozen=True)
class Column:
    """One column of a chart, in its units."""

    x: float
    y: float
    width: float
    height: float


@register.inclusion_tag("elements/bar.html")
def bar(reached: int, target: int | None) -> dict[str, object]:
    """How much of a target is reached: a full bar is the target, or more than it."""
    share = min(reached / target, 1.0) if target else 0.0
    return {"width": WIDTH, "reached": round(share * WIDTH, 1), "is_full": share >= 1}


@register.inclusion_tag("elements/columns.html")
def columns(numbers: Sequence[int], label: str) -> dict[str, object]:
    """A column for each number; `label` says in words what they are."""
    most = max([*numbers, 1])
    place = WIDTH / max(len(numbers), 1)
    shapes = [
        Column(
            round((n + GAP / 2) * place, 2),
            round(HEIGHT - each * HEIGHT / most, 2),
            round(place * (1 - GAP), 2),
            round(each * HEIGHT / most, 2),
        )
        for n, each in enumerate(numbers)
    ]
    return {"width": WIDTH, "height": HEIGHT, "columns": shapes, "label": label}
