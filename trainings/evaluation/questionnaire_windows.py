"""When each questionnaire is open, in the time zone of the seminar's country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from trainings.registrations.states import Stage

if TYPE_CHECKING:
    from trainings.seminars.models import Seminar

INVITED_BEFORE = timedelta(days=3)  # before the seminar: the invitation to the first questionnaire
FOLLOW_UP_AFTER = timedelta(days=90)
FOLLOW_UP_FOR = timedelta(days=60)
CLOSES_AFTER = FOLLOW_UP_AFTER + FOLLOW_UP_FOR  # after the seminar: the last questionnaire closes
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuestionnaireWindow:
    """The time from `opens` up to, but not including, `closes`."""

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


def questionnaire_window(seminar: Seminar, stage: Stage) -> QuestionnaireWindow | None:
    """The window of a questionnaire; None for a seminar without dates. The questionnaire before the seminar closes
    before the correct answers can be read."""
    ends = seminar.ends
    if seminar.starts is None or ends is None:
        return None
    if stage == Stage.BEFORE:
        return QuestionnaireWindow(seminar.opens, min(_midnight(seminar.local_starts) + ONE_DAY, ends))
    if stage == Stage.AFTER:
        return QuestionnaireWindow(ends, ends + CLOSES_AFTER)
    if stage == Stage.REACTION:
        return QuestionnaireWindow(_midnight(seminar.local_ends), ends + CLOSES_AFTER)
    return QuestionnaireWindow(ends + FOLLOW_UP_AFTER, ends + CLOSES_AFTER)


def _midnight(moment: datetime) -> datetime:
    """The beginning of the day."""
    return datetime.combine(moment.date(), time(), moment.tzinfo)
