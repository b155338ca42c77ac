"""When each questionnaire is open, on the clocks of the seminar's country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from trainings.registrations.states import Stage

INVITED_BEFORE = timedelta(days=3)  # so long before the beginning it is asked by mail what people know already
FOLLOW_UP_AFTER = timedelta(days=90)
FOLLOW_UP_FOR = timedelta(days=60)
CLOSES_AFTER = FOLLOW_UP_AFTER + FOLLOW_UP_FOR  # when nothing is asked any more
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuestionnaireWindow:
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


def questionnaire_window(seminar: Any, stage: Stage) -> QuestionnaireWindow | None:
    """The window of a questionnaire; None while nobody knows when the seminar is. What is asked before the seminar is
    over when the right answers can be read."""
    if seminar.starts is None:
        return None
    if stage == Stage.BEFORE:
        return QuestionnaireWindow(seminar.opens, min(_midnight(seminar.local_starts) + ONE_DAY, seminar.ends))
    if stage == Stage.AFTER:
        return QuestionnaireWindow(seminar.ends, seminar.ends + CLOSES_AFTER)
    if stage == Stage.REACTION:
        return QuestionnaireWindow(_midnight(seminar.local_ends), seminar.ends + CLOSES_AFTER)
    return QuestionnaireWindow(seminar.ends + FOLLOW_UP_AFTER, seminar.ends + CLOSES_AFTER)


def _midnight(moment: datetime) -> datetime:
    """The beginning of its day."""
    return datetime.combine(moment.date(), time(), moment.tzinfo)
