"""What a telephone at the door has noted: numbers of registrations, and how long ago. No names travel."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_MARKS = 2000
MAX_OFFLINE = timedelta(hours=16)  # that a telephone may have been out of reach
NUMBER_LIMIT = 2**63


class UnreadableMarks(Exception):
    """It was not written by our own page."""

    def __str__(self) -> str:
        return str(_("We could not read what was sent."))


@dataclass(frozen=True)
class CheckInMark:
    """Somebody was seen at the door. The moment is by the clock of the server: that of the telephone may be wrong."""

    number: int
    at: datetime


def read_marks(body: bytes) -> list[CheckInMark]:
    """The marks in `{"marks": [{"number": 7, "ago": 1500}]}`, in milliseconds; each number once, the earliest.

    Raises:
        Unreadable: it is anything else.
    """
    try:
        told = json.loads(body)["marks"]
        pairs = sorted({(_whole_number(each["ago"]), _whole_number(each["number"])) for each in told[:MAX_MARKS]})
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise UnreadableMarks from fault
    now = timezone.now()
    spans = {number: min(timedelta(milliseconds=min(ago, 2**40)), MAX_OFFLINE) for ago, number in pairs}
    return [CheckInMark(number, now - span) for number, span in spans.items()]


def _whole_number(number: Any) -> int:
    if type(number) is not int or not 0 <= number < NUMBER_LIMIT:
        raise ValueError
    return number
