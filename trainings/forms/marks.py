"""What a telephone at the door has noted: numbers of registrations, and how long ago. No names travel."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST = 2000
LONGEST = timedelta(hours=16)  # that a telephone may have been out of reach
NUMBERS = 2**63


class Unreadable(Exception):
    """It was not written by our own page."""

    def __str__(self) -> str:
        return str(_("What was sent cannot be read."))


@dataclass(frozen=True)
class Mark:
    """Somebody was seen at the door. The moment is by the clock of the server: that of the telephone may be wrong."""

    number: int
    at: datetime


def read_marks(body: bytes) -> list[Mark]:
    """The marks in `{"marks": [{"number": 7, "ago": 1500}]}`, in milliseconds; each number once, the earliest.

    Raises:
        Unreadable: it is anything else.
    """
    try:
        told = json.loads(body)["marks"]
        pairs = sorted({(_whole(each["ago"]), _whole(each["number"])) for each in told[:MOST]})
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise Unreadable from fault
    now = timezone.now()
    spans = {number: min(timedelta(milliseconds=min(ago, 2**40)), LONGEST) for ago, number in pairs}
    return [Mark(number, now - span) for number, span in spans.items()]


def _whole(number: Any) -> int:
    if type(number) is not int or not 0 <= number < NUMBERS:
        raise ValueError
    return number
