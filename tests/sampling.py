"""Which combinations `make test` tries, and which it leaves to `make test-long` and to `make prove`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def sampled(combinations: Iterable[Any], daily: Collection[Any], long: Collection[Any] | None = None) -> list[Any]:
    """All combinations. `make test` tries those of `daily`, `make test-long` the others.

    Where `long` names some, `make test-long` tries these, and `make prove` what is left.
    """
    return [combination if combination in daily else _later(combination, long) for combination in combinations]


def _later(combination: Any, long: Collection[Any] | None) -> Any:
    values = combination if isinstance(combination, tuple) else (combination,)
    is_proven = long is not None and combination not in long
    return pytest.param(*values, marks=[pytest.mark.long, *([pytest.mark.prove] if is_proven else [])])
