"""What enters the stamps of extracts and notices: it never changes, or what was written is found altered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from desks.extracts.models import Extract, NoticeGiven
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
        (
            Extract(**OF_CASE, number=2, receiver="school", language="el", parts=["health", "place"]),
            f"desks.extract:{WRITTEN}:2:school:el:health:place",
        ),
        (
            NoticeGiven(**OF_CASE, audience="child", language="ro", how="both", given_on=date(2026, 3, 1)),
            f"desks.noticegiven:{WRITTEN}:child:ro:both:2026-03-01",
        ),
    ],
)
def test_check_stamp_of_before_accepts_it(row, stamped):
    row.stamp = seal_of(stamped)
    assert verify_stamp(row) is row
