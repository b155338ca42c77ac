"""The day that was set for the next assessment of a risk is told to the worker, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desks.assessments.states import AssessmentKind
from desks.cases import escalations
from tests.desks.assessments.assessment_desks import finish, in_month
from tests.desks.cases.case_desks import CaseDesk
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_day_of_the_next_assessment_is_told_to_the_worker_once(at):
    at(MONDAY)
    here = CaseDesk()
    finish(here.case(), AssessmentKind.RISK, by=here.anna.person, next_on=in_month(5))
    at(MONDAY + timedelta(days=6))
    escalated = [escalations.escalate_cases() for _sweep in range(2)]
    assert escalated == [1, 0]
    assert list(Mail.objects.values_list("recipient", flat=True)) == [here.anna.person.email]
