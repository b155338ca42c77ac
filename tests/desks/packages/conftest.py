from __future__ import annotations

import pytest

from desks.packages.receipt_views import THROTTLE


@pytest.fixture(autouse=True)
def no_earlier_codes() -> None:
    """What earlier tests have typed is forgotten."""
    THROTTLE.forget()
