from __future__ import annotations

from copy import deepcopy

import pytest
import time_machine

from tests.desks.conftest import LONG_AGO
from tests.desks.referrals.referral_desks import ReferralDesks


@pytest.fixture(scope="module")
def two_desks(module_transaction: None) -> ReferralDesks:
    """Two desks with keys and people, made once for a module, long before its tests."""
    with time_machine.travel(LONG_AGO):
        return ReferralDesks()


@pytest.fixture
def desks(two_desks: ReferralDesks) -> ReferralDesks:
    """The same desks, as nothing of another test has changed them."""
    return deepcopy(two_desks)
