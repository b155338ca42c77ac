"""What enters the stamps of a case's rows: it never changes, or what was written with it would be found altered."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from desks.cases.casework import CaseHold, CasePhase, Guardian, IdentityBlock, Relative, StatusDecision, Task
from desks.cases.models import Case, TimelineEntry
from desks.cases.requests import MoveRequest
from victor.audit.actions import seal_of
from victor.vault.keys.keyring import verify_stamp

ONE, TWO = (UUID(int=number) for number in (1, 2))
FIRST, SECOND = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2))
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
OF_CASE = {"case_id": ONE, "envelope_id": TWO, "author_id": 7, "made_at": MOMENT}
WRITTEN = f"{FIRST}:{SECOND}:7:2026-03-01T12:00:00+00:00"


@pytest.mark.parametrize(
    ("row", "stamped"),
    [
        (Case(pk=ONE, key_id=TWO, desk_id=4), f"desks.case:{FIRST}:{SECOND}:4:None"),
        (
            TimelineEntry(case_id=ONE, envelope_id=TWO, author_id=7, made_at=MOMENT, kind="note", sensitivity="normal"),
            f"desks.timelineentry:{WRITTEN}:note::None:normal",
        ),
        (
            IdentityBlock(**OF_CASE, block="safety", number=2, state="saved", source="child"),
            f"desks.identityblock:{WRITTEN}:safety:2:saved:child",
        ),
        (CasePhase(**OF_CASE, phase=1, since=MOMENT.date()), f"desks.casephase:{WRITTEN}:1:2026-03-01"),
        (
            Guardian(**OF_CASE, state="requested", kind="unknown", happened_on=MOMENT.date()),
            f"desks.guardian:{WRITTEN}:requested:unknown:2026-03-01:False:False",
        ),
        (Relative(**OF_CASE, relation="mother", blocked=True), f"desks.relative:{WRITTEN}:mother:True"),
        (
            StatusDecision(**OF_CASE, status="presumed", decided_on=MOMENT.date()),
            f"desks.statusdecision:{WRITTEN}:presumed::2026-03-01:None:None",
        ),
        (Task(**OF_CASE, kind="written"), f"desks.task:{WRITTEN}:written"),
        (
            MoveRequest(**OF_CASE, move="close", state="approved", decided_by_id=8, decided_at=MOMENT),
            f"desks.moverequest:{WRITTEN}:close:approved:8:2026-03-01T12:00:00+00:00",
        ),
        (
            CaseHold(case_id=ONE, reason_id=TWO, by_id=7, since=MOMENT),
            f"desks.casehold:{FIRST}:{SECOND}:7:2026-03-01T12:00:00+00:00",
        ),
    ],
)
def test_check_stamp_of_before_accepts_it(row, stamped):
    row.stamp = seal_of(stamped)
    assert verify_stamp(row) is row
