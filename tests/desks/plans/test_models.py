"""What enters the stamps of plans: it never changes, or what was written with it would be found altered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from desks.plans.casework import FollowUp, Review, ServiceRow, ServiceStep
from desks.plans.models import Goal, Plan, PlanSignature
from victor.audit.actions import seal_of
from victor.vault.keys.keyring import verify_stamp

ONE, TWO = (UUID(int=number) for number in (1, 2))
FIRST, SECOND = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2))
MOMENT, DAY = datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 3, 2)
OF_CASE = {"case_id": ONE, "envelope_id": TWO, "author_id": 7, "made_at": MOMENT}
WRITTEN = f"{FIRST}:{SECOND}:7:2026-03-01T12:00:00+00:00"
SERVICE = {"service": "legal_aid", "state": "provided", "country_id": "GR", "provider_kind": "ngo", "basis": "consent"}
SERVICE |= {"helpful": "", "due_on": None, "requested_on": DAY, "provided_on": DAY}


@pytest.mark.parametrize(
    ("row", "stamped"),
    [
        (
            Plan(**OF_CASE, version=2, state="agreed", writers=[7, 9], approver_id=8, agreed_on=DAY),
            f"desks.plan:{WRITTEN}:2:agreed:[7, 9]:8:2026-03-02",
        ),
        (
            Goal(case_id=ONE, plan_id=3, number=1, kind="health", state="open", planned_on=DAY),
            f"desks.goal:{FIRST}:3:1:health:open:2026-03-02:None",
        ),
        (
            PlanSignature(**OF_CASE, plan_id=3, role="child", answer="agrees", way="spoken", signed_on=DAY),
            f"desks.plansignature:{WRITTEN}:3:child:agrees:spoken:2026-03-02",
        ),
        (
            ServiceRow(**OF_CASE, **SERVICE),
            f"desks.servicerow:{WRITTEN}:legal_aid:provided:GR:ngo:consent::None:2026-03-02:None:None:2026-03-02:None",
        ),
        (
            ServiceStep(**OF_CASE, service_id=3, kind="offered", basis="", happened_on=DAY),
            f"desks.servicestep:{WRITTEN}:3:offered::2026-03-02",
        ),
        (
            Review(**OF_CASE, kind="regular", planned_on=None, held_on=DAY, outcome="goes_on"),
            f"desks.review:{WRITTEN}:regular:None:2026-03-02:goes_on",
        ),
        (
            FollowUp(**OF_CASE, task_id=3, done_on=DAY, result="seen", safe="yes"),
            f"desks.followup:{WRITTEN}:3:2026-03-02:seen:yes",
        ),
    ],
)
def test_check_stamp_of_before_accepts_it(row, stamped):
    row.stamp = seal_of(stamped)
    assert verify_stamp(row) is row
