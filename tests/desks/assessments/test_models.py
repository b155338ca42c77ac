"""What enters the stamps of assessments: it never changes, or what was written with it would be found altered."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from desks.assessments.models import Assessment
from victor.audit.actions import seal_of
from victor.vault.keys.keyring import verify_stamp

ONE, TWO = (UUID(int=number) for number in (1, 2))
FIRST, SECOND = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2))
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
OF_CASE = {"case_id": ONE, "envelope_id": TWO, "author_id": 7, "made_at": MOMENT}
WRITTEN = f"{FIRST}:{SECOND}:7:2026-03-01T12:00:00+00:00"


def test_check_stamp_of_before_accepts_it():
    row = Assessment(**OF_CASE, kind="risk", version=2, state="approved", risk="low", approver_id=8)
    row.stamp = seal_of(f"desks.assessment:{WRITTEN}:risk:2:approved:low:None:8")
    assert verify_stamp(row) is row
