"""Two at the same moment report one child as missing once."""

from __future__ import annotations

import pytest

from desks.cases.models import Case
from desks.placements.errors import ChildIsMissing
from desks.placements.models import MissingReport
from tests.connections import call_at_once
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.placements.placement_desks import missed
from victor.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def report_or_refuse(case: Case, who: User) -> str:
    """What becomes of a report that somebody makes."""
    try:
        return str(missed(case, by=who).state)
    except ChildIsMissing:
        return "refused"


def test_two_who_report_at_the_same_moment_make_one_report():
    here = CaseDesk()
    case = here.case()
    states = call_at_once(lambda who: report_or_refuse(case, who.person), [here.anna, here.ben])
    assert sorted(states) == ["noticed", "refused"]
    assert MissingReport.objects.count() == 1
