"""Which combinations `make test` tries, and which it leaves to `make test-long`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def sampled(combinations: Iterable[Any], daily: Collection[Any]) -> list[Any]:
    """All combinations. `make test` tries those of `daily`, `make test-long` the others."""
    return [
        combination
        if combination in daily
        else pytest.param(*(combination if isinstance(combination, tuple) else (combination,)), marks=pytest.mark.long)
        for combination in combinations
    ]
