"""What enters the stamps of notifications: it never changes, or what was written with it would be found altered."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from desks.notifications.models import Notification, NotificationStep
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
            Notification(**OF_CASE, authority_id=5, country_id=3, kind="police_unit", state="open", due_at=MOMENT),
            f"desks.notification:{WRITTEN}:5:3:police_unit:open:2026-03-01T12:00:00+00:00:None::False",
        ),
        (
            NotificationStep(**OF_CASE, notification_id=5, kind="sent"),
            f"desks.notificationstep:{WRITTEN}:5:sent",
        ),
    ],
)
def test_check_stamp_of_before_accepts_it(row, stamped):
    row.stamp = seal_of(stamped)
    assert verify_stamp(row) is row
