"""Figures that tests measure, printed together at the end of the run, workers of xdist included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

FIGURES: dict[str, str] = {}


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """`figure("pages crawled", 240, "pages")`."""

    def note(name: str, value: object, unit: str = "") -> None:
        shown = f"{value:.2f}" if isinstance(value, float) else str(value)
        record_property("figure", (name, f"{shown} {unit}".strip()))

    return note


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect what the finished test has noted."""
    if report.when == "teardown":
        FIGURES.update(value for name, value in report.user_properties if name == "figure")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print them."""
    if FIGURES:
        terminalreporter.section("figures")
        width = max(map(len, FIGURES))
        for name, value in sorted(FIGURES.items()):
            terminalreporter.write_line(f"{name:<{width}}  {value}")
