"""When each questionnaire is open, on the clocks of the seminar's country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from trainings.states import Stage

BEFORE_BY = timedelta(days=3)  # so long before the beginning it is asked by mail what people know already
FOLLOW_UP_AFTER = timedelta(days=90)
FOLLOW_UP_FOR = timedelta(days=60)
LAST_DAY = FOLLOW_UP_AFTER + FOLLOW_UP_FOR  # when nothing is asked any more
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """From when until when."""

    opens: datetime
    closes: datetime

    @property
    def is_ahead(self) -> bool:
        return timezone.now() < self.opens

    @property
    def is_over(self) -> bool:
        return self.closes <= timezone.now()

    @property
    def is_open(self) -> bool:
        return not (self.is_ahead or self.is_over)


def window(seminar: Any, stage: Stage) -> Window | None:
    """The window of a questionnaire; None while nobody knows when the seminar is. What is asked before the seminar is
    over when the right answers can be read."""
    if seminar.starts is None:
        return None
    if stage == Stage.BEFORE:
        return Window(seminar.opens, min(_midnight(seminar.local_starts) + DAY, seminar.ends))
    if stage == Stage.AFTER:
        return Window(seminar.ends, seminar.ends + LAST_DAY)
    if stage == Stage.REACTION:
        return Window(_midnight(seminar.local_ends), seminar.ends + LAST_DAY)
    return Window(seminar.ends + FOLLOW_UP_AFTER, seminar.ends + LAST_DAY)


def _midnight(moment: datetime) -> datetime:
    """The beginning of its day."""
    return datetime.combine(moment.date(), time(), moment.tzinfo)
