"""A legal hold on a case: a supervisor places and lifts it, with a reason."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import holds
from desks.cases.errors import CaseMoveNotPossible, NeedsWords
from desks.cases.obstacles import Ending, obstacles_to
from tests.desks.cases.case_desks import again

pytestmark = pytest.mark.django_db


def test_hold_case_stands_in_the_way_of_its_deletion(here):
    case = here.case()
    holds.hold_case(case, "The court asks", by=here.chief.person)
    assert len(obstacles_to(Ending.DELETE, again(case))) == 1


def test_hold_case_by_a_worker_is_refused(here):
    with pytest.raises(PermissionDenied):
        holds.hold_case(here.case(), "The court asks", by=here.anna.person)


def test_hold_case_without_a_reason_is_refused(here):
    with pytest.raises(NeedsWords):
        holds.hold_case(here.case(), "", by=here.chief.person)


def test_lift_the_last_hold_ends_it(here):
    case = here.case()
    first, second = (holds.hold_case(case, "Court", by=here.chief.person) for _number in range(2))
    holds.lift_case_hold(first, by=here.boss.person)
    assert again(case).hold
    holds.lift_case_hold(second, by=here.boss.person)
    assert not again(case).hold


def test_lift_hold_twice_is_refused(here):
    hold = holds.hold_case(here.case(), "Court", by=here.chief.person)
    holds.lift_case_hold(hold, by=here.chief.person)
    with pytest.raises(CaseMoveNotPossible):
        holds.lift_case_hold(hold, by=here.chief.person)
