"""What enters the stamps of places and missing reports: it never changes, or what was written is found altered."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from desks.placements.models import CheckIn, MissingReport, MissingStep, Placement, PlacementText
from victor.audit.actions import seal_of
from victor.vault.keys.keyring import verify_stamp

ONE, TWO = (UUID(int=number) for number in (1, 2))
FIRST, SECOND = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2))
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ISO = "2026-03-01T12:00:00+00:00"
OF_CASE = {"case_id": ONE, "envelope_id": TWO, "author_id": 7, "made_at": MOMENT}
WRITTEN = f"{FIRST}:{SECOND}:7:{ISO}"
OF_PLACE = {"case_id": ONE, "author_id": 7, "made_at": MOMENT, "since": MOMENT, "watch_until": MOMENT}


@pytest.mark.parametrize(
    ("row", "stamped"),
    [
        (Placement(**OF_PLACE, kind="foster"), f"desks.placement:{FIRST}:foster:7:{ISO}::{ISO}:{ISO}"),
        (
            PlacementText(**OF_CASE, placement_id=5, number=2, state="saved"),
            f"desks.placementtext:{WRITTEN}:5:2:saved",
        ),
        (
            CheckIn(**OF_CASE, placement_id=5, state="due", due_at=MOMENT),
            f"desks.checkin:{WRITTEN}:5:due:{ISO}:",
        ),
        (
            MissingReport(**OF_CASE, placement_id=5, state="reported", noticed_at=MOMENT, called_at=MOMENT),
            f"desks.missingreport:{WRITTEN}:5:reported:{ISO}:{ISO}:",
        ),
        (MissingStep(**OF_CASE, report_id=5, kind="police", how="post"), f"desks.missingstep:{WRITTEN}:5:police:post"),
    ],
)
def test_check_stamp_of_before_accepts_it(row, stamped):
    row.stamp = seal_of(stamped)
    assert verify_stamp(row) is row
