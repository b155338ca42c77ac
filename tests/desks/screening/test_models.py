"""What enters the stamp of a screening: it never changes."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from desks.screening.models import Screening
from victor.audit.actions import seal_of
from victor.vault.keys.keyring import verify_stamp

ONE, TWO = (UUID(int=number) for number in (1, 2))
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
STAMPED = (
    "desks.screening:00000000-0000-0000-0000-000000000001:00000000-0000-0000-0000-000000000002:7"
    ":2026-03-01T12:00:00+00:00:done:own:1:3:2026-03-01T12:00:00+00:00:no_sign:False:1:0:0:yes:not_asked:not_asked:not_asked"
)


def test_check_stamp_of_a_screening_of_before_accepts_it(settings):
    settings.AUDIT_KEY = "a key of this test"
    given = {"case_id": ONE, "envelope_id": TWO, "author_id": 7, "made_at": MOMENT, "state": "done", "origin": "own"}
    row = Screening(**given, number=1, version=3, done_at=MOMENT, strong=1, act="yes")
    row.stamp = seal_of(STAMPED)
    assert verify_stamp(row) is row


def test_check_stamp_of_a_screening_with_a_sheet_binds_the_sheet(settings):
    settings.AUDIT_KEY = "a key of this test"
    given = {"case_id": ONE, "envelope_id": TWO, "author_id": 7, "made_at": MOMENT, "state": "done", "origin": "own"}
    row = Screening(**given, number=1, version=3, done_at=MOMENT, strong=1, act="yes", sheet_id=ONE)
    row.stamp = seal_of(f"{STAMPED}:{ONE}")
    assert verify_stamp(row) is row
