"""Check-ins that a telephone noted: numbers of registrations, and how long ago. No names are sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_MARKS = 2000
MAX_OFFLINE = timedelta(hours=16)  # longest time that a telephone may have been offline
NUMBER_LIMIT = 2**63


class UnreadableMarks(Exception):
    """The content does not come from our own page."""

    def __str__(self) -> str:
        return str(_("We could not read what was sent."))


@dataclass(frozen=True)
class CheckInMark:
    """One person who was checked in. `at` is by the clock of the server, because that of a telephone may be wrong."""

    number: int
    at: datetime


def read_marks(body: bytes) -> list[CheckInMark]:
    """The marks in `{"marks": [{"number": 7, "ago": 1500}]}`, with `ago` in milliseconds: the earliest of each number.

    Raises:
        UnreadableMarks: the content is anything else.
    """
    try:
        marks = json.loads(body)["marks"][:MAX_MARKS]
        pairs = sorted({(_whole_number(mark["ago"]), _whole_number(mark["number"])) for mark in marks})
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise UnreadableMarks from fault
    now = timezone.now()
    offline = {number: min(timedelta(milliseconds=min(ago, 2**40)), MAX_OFFLINE) for ago, number in pairs}
    return [CheckInMark(number, now - span) for number, span in offline.items()]


def _whole_number(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < NUMBER_LIMIT:
        raise ValueError
    return number
