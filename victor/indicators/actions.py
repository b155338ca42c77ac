"""Count and freeze protected figures."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import transaction

from victor.field_encryption import encrypt_value
from victor.indicators.corners import Cell
from victor.indicators.declarations import Cells, Indicator
from victor.indicators.errors import PeriodNotOver
from victor.indicators.models import FrozenFigures
from victor.indicators.periods import HalfYear
from victor.indicators.suppression import ProtectedTable
from victor.indicators.tables import shape_of, shapes_of, with_sums


@transaction.atomic
def freeze_figures(indicator: Indicator, period: HalfYear, scope: object, *, subject: str) -> FrozenFigures:
    """The figures of a half-year as they were at the first look, which is now where there was none.

    Two first looks at once both count. The row of one of them is kept, and both show it.

    Raises:
        PeriodNotOver: the half-year is running, or late entries may still come.
    """
    if not period.is_shown:
        raise PeriodNotOver
    known = {"subject": subject, "indicator": indicator.key, "period": period.key}
    frozen = FrozenFigures.objects.filter(**known).first()
    if frozen is None:
        frozen, _is_new = FrozenFigures.objects.get_or_create(**known, defaults=_count(indicator, scope))
    return frozen


def _count(indicator: Indicator, scope: object) -> dict[str, object]:
    counted = indicator.count_parts(scope) if indicator.count_parts else {}
    parts = {name: cells for name, cells in counted.items() if cells}
    cells = indicator.count(scope)
    table = _protected_table(indicator, cells, list(parts.values()))
    hidden = table.figures_to_hide(with_measures=bool(indicator.measures))
    return {
        "cells": _stored(indicator, _as_pairs(cells)),
        "parts": _stored(indicator, {name: _as_pairs(part) for name, part in parts.items()}),
        "tables": [list(table) for table in indicator.tables],
        "hidden": sorted(hidden, key=str),
        "medians": _stored(indicator, indicator.count_medians(scope)) if indicator.count_medians else None,
    }


def _protected_table(indicator: Indicator, cells: Cells, parts: Sequence[Cells]) -> ProtectedTable:
    """The table to protect. Where all rows belong to one part, its people know every figure, so nothing helps."""
    shapes = shapes_of(indicator, indicator.tables)
    return ProtectedTable(
        cells=_numbers(cells),
        is_shown=lambda key: shape_of(key) in shapes,
        threshold=indicator.threshold,
        step=indicator.step,
        parts=[_numbers(part) for part in parts] if len(parts) > 1 else (),
        codes=[breakdown.values for breakdown in indicator.breakdowns],
    )


def _numbers(cells: Cells) -> dict[Cell, int]:
    return {cell: int(numbers[0]) for cell, numbers in with_sums(cells).items()}


def _stored(indicator: Indicator, counted: object) -> object:
    return encrypt_value(json.dumps(counted)) if indicator.is_sealed else counted


def _as_pairs(cells: Cells) -> list[tuple[Cell, tuple[float, ...]]]:
    return sorted(with_sums(cells).items())
