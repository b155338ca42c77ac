"""Whether a child disappeared soon after coming to a place is counted of the case, not of the place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.cases.models import Case, today
from desks.facts.indicators import CASES
from desks.retention.indicators import DeskPeriod
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.placements.placement_desks import missed, placed, returned

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def case(here) -> Case:
    return here.case()


def counted(here: CaseDesk) -> list[str]:
    """Whether the children of this desk disappeared, as it is counted."""
    cells = CASES.count(DeskPeriod.of_months([here.desk.pk], today() - timedelta(days=31), today()))
    assert set(cells.values()) <= {1}
    return [cell[-1] for cell in cells]


def test_case_without_a_place_is_counted_so(here, case):
    assert counted(here) == [""]


@pytest.mark.parametrize(("hours", "answer"), [(71, "yes"), (73, "no")])
def test_child_disappears_within_three_days_of_coming_to_a_place(here, case, hours, answer):
    placed(case, by=here.anna.person, since=timezone.now() - hours * HOUR)
    before = counted(here)
    missed(case, by=here.anna.person)
    assert before == ["no"]
    assert counted(here) == [answer]


def test_child_who_disappears_twice_is_counted_once(here, case):
    by = here.anna.person
    placed(case, by=by)
    returned(missed(case, by=by), by=by)
    missed(again(case), by=by)
    assert counted(here) == ["yes"]
