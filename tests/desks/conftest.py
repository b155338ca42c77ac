from __future__ import annotations

import pytest

from desks.intake.proof_of_work import CHECK_THROTTLE, THROTTLE
from tests.desks.staffed_desks import CHEAP


@pytest.fixture(autouse=True)
def cheap_receipts(settings) -> None:
    """A receipt costs next to nothing; the one test that measures says so."""
    settings.RECEIPT_COST = CHEAP


@pytest.fixture(autouse=True)
def no_earlier_reports() -> None:
    """What earlier tests have sent is forgotten."""
    THROTTLE.forget()
    CHECK_THROTTLE.forget()
