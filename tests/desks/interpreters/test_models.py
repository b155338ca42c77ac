"""What enters the stamps of interpreters: it never changes, or what was written is found altered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from desks.interpreters.models import Interpreter, InterpreterBooking
from victor.audit.actions import seal_of
from victor.vault.keys.keyring import verify_stamp

ONE, TWO = (UUID(int=number) for number in (1, 2))
FIRST, SECOND = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2))
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ISO = "2026-03-01T12:00:00+00:00"
OF_CASE = {"case_id": ONE, "envelope_id": TWO, "author_id": 7, "made_at": MOMENT}
WRITTEN = f"{FIRST}:{SECOND}:7:{ISO}"


@pytest.mark.parametrize(
    ("row", "stamped"),
    [
        (
            Interpreter(**OF_CASE, language="ro", way="video", vetted_on=date(2026, 2, 1), tie_excluded=True),
            f"desks.interpreter:{WRITTEN}:ro:video:2026-02-01:True",
        ),
        (
            InterpreterBooking(**OF_CASE, interpreter_id=5, state="held", due_at=MOMENT, settled_at=MOMENT),
            f"desks.interpreterbooking:{WRITTEN}:5:held:{ISO}:{ISO}",
        ),
    ],
)
def test_check_stamp_of_before_accepts_it(row, stamped):
    row.stamp = seal_of(stamped)
    assert verify_stamp(row) is row
