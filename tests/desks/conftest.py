from __future__ import annotations

from copy import deepcopy

import pytest

from desks.intake.proof_of_work import CHECK_THROTTLE, THROTTLE
from tests.desks.cases.case_desks import CaseDesk


@pytest.fixture(autouse=True)
def no_earlier_reports() -> None:
    """What earlier tests have sent is forgotten."""
    THROTTLE.forget()
    CHECK_THROTTLE.forget()


@pytest.fixture(scope="module")
def case_desk(module_transaction: None) -> CaseDesk:
    """A desk with keys and people, made once for a module."""
    return CaseDesk()


@pytest.fixture
def here(case_desk: CaseDesk) -> CaseDesk:
    """The same desk, as nothing of another test has changed it."""
    return deepcopy(case_desk)
