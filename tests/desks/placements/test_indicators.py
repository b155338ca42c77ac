"""Whether a child disappeared soon after coming to a place is counted of the case, not of the place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.cases.models import Case, today
from desks.placements.indicators import PLACEMENTS
from desks.retention.indicators import DeskPeriod
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.placements.placement_desks import missed, placed, returned
from victor.indicators.declarations import Cells

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def case(here) -> Case:
    return here.case()


def count(here: CaseDesk) -> Cells:
    return PLACEMENTS.count(DeskPeriod.of_months([here.desk.pk], today() - timedelta(days=31), today()))


def test_case_without_a_place_is_not_counted(here, case):
    assert count(here) == {}


@pytest.mark.parametrize(("hours", "kind"), [(71, "vanished"), (73, "stayed")])
def test_child_disappears_within_three_days_of_coming_to_a_place(here, case, hours, kind):
    placed(case, by=here.anna.person, since=timezone.now() - hours * HOUR)
    before = count(here)
    missed(case, by=here.anna.person)
    assert before == {("stayed",): 1}
    assert count(here) == {(kind,): 1}


def test_child_who_disappears_twice_is_counted_once(here, case):
    by = here.anna.person
    placed(case, by=by)
    returned(missed(case, by=by), by=by)
    missed(case, by=by)
    assert count(here) == {("vanished",): 1}
