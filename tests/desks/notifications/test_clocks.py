"""An authority that was not told in time is told to worker, lead and coordinators, once each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desks.cases import actions, escalations
from desks.cases.models import CaseEscalation
from desks.reports.states import Risk
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.notifications.notification_desks import added, presume, send

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(MONDAY)
    return here


def levels_of_clock() -> list[str]:
    """Who has been told that an authority was not told."""
    return list(CaseEscalation.objects.filter(kind="notify").order_by("pk").values_list("level", flat=True))


def test_authority_that_was_not_told_is_escalated_once_a_level(here, at):
    added(presume(here, here.case()), by=here.anna.person)
    for hours in (24.1, 24.2, 28.1, 28.2, 48.1):
        at(MONDAY + hours * HOUR)
        escalations.escalate_cases()
    assert levels_of_clock() == ["worker", "lead", "coordinators"]


def test_authority_that_was_told_is_not_escalated(here, at):
    case = presume(here, here.case())
    actions.set_risk(case, Risk.MEDIUM, "Seen", by=here.anna.person)
    send(added(case, by=here.anna.person), by=here.anna.person)
    at(MONDAY + 100 * HOUR)
    escalations.escalate_cases()
    assert levels_of_clock() == []
