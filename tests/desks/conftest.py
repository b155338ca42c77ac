from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime

import pytest
import time_machine

from desks.intake.proof_of_work import CHECK_THROTTLE, THROTTLE
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import InboxDesk

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_earlier_reports() -> None:
    """What earlier tests have sent is forgotten."""
    THROTTLE.forget()
    CHECK_THROTTLE.forget()


@pytest.fixture(scope="module")
def inbox_desk(module_transaction: None) -> InboxDesk:
    """A desk with keys and people who read its reports, made once for a module, long before its tests."""
    with time_machine.travel(LONG_AGO):
        return InboxDesk()


@pytest.fixture
def inbox(inbox_desk: InboxDesk) -> InboxDesk:
    """The same desk, as nothing of another test has changed it."""
    return deepcopy(inbox_desk)


@pytest.fixture(scope="module")
def case_desk(module_transaction: None) -> CaseDesk:
    """A desk with keys and people who work on cases, made once for a module, long before its tests."""
    with time_machine.travel(LONG_AGO):
        return CaseDesk()


@pytest.fixture
def here(case_desk: CaseDesk) -> CaseDesk:
    """The same desk, as nothing of another test has changed it."""
    return deepcopy(case_desk)
