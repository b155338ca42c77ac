"""The clocks of a case: how long each runs, its words, and who is told when it has run out.

The database computes when a clock runs out, from the case's own times (`desks/cases/triggers.py`). A higher slice adds
a clock of its own with `declare_clock`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desks.cases.states import CaseLevel
from desks.reports.deadlines import span_in_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RISK_HOURS, DANGER_HOURS = 24, 1
GUARDIAN_HOURS, ASK_AGAIN_DAYS = 24, 7
QUIET_DAYS = 60
RISK, GUARDIAN, TASK = "risk", "guardian", "task"


@dataclass(frozen=True)
class ClockKind:
    """A kind of clock: its name in words, and how long after it has run out each level is told.

    Where the risk is "danger now", `danger_after` takes the place of `after`, and people are told at any hour.
    `opens_before`: how long before that it stands among the tasks of its people; None: from its beginning.
    `at_any_hour`: so it is whatever the risk. `flag`: what the list of cases shows while such a clock runs.
    """

    name: str
    title: StrOrPromise
    after: tuple[tuple[CaseLevel, timedelta], ...]
    danger_after: tuple[tuple[CaseLevel, timedelta], ...] = ()
    opens_before: timedelta | None = None
    at_any_hour: bool = False
    flag: StrOrPromise = ""


CLOCK_KINDS: dict[str, ClockKind] = {}
DAY = timedelta(days=1)
PLANNED_WITHIN = timedelta(days=90)


def declare_clock(kind: ClockKind) -> ClockKind:
    """Let a clock of this kind be named on pages, and its being late be told."""
    CLOCK_KINDS[kind.name] = kind
    return kind


def flagged_kinds() -> list[ClockKind]:
    """The kinds of clocks that the list of cases flags while they run."""
    return [kind for kind in CLOCK_KINDS.values() if kind.flag]


declare_clock(
    ClockKind(
        RISK,
        gettext_lazy("First assessment of the risk"),
        ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, timedelta(hours=4)), (CaseLevel.COORDINATORS, DAY)),
        (
            (CaseLevel.WORKER, timedelta()),
            (CaseLevel.LEAD, timedelta(minutes=15)),
            (CaseLevel.COORDINATORS, timedelta(hours=1)),
        ),
    )
)
declare_clock(
    ClockKind(
        GUARDIAN,
        gettext_lazy("Guardian"),
        ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, DAY), (CaseLevel.COORDINATORS, 3 * DAY)),
    )
)
declare_clock(
    ClockKind(
        TASK,
        gettext_lazy("Task of a case"),
        ((CaseLevel.WORKER, timedelta()), (CaseLevel.LEAD, 3 * DAY)),
        opens_before=3 * DAY,
    )
)


def due_in_words(kind: str, due: datetime, now: datetime) -> str:
    """A clock in words: "Guardian · due in 3 h", "Guardian · late by 3 h"."""
    title = CLOCK_KINDS[kind].title if kind in CLOCK_KINDS else _("Date")
    words = {"clock": title, "span": span_in_words(abs(due - now))}
    return (_("%(clock)s · late by %(span)s") if due <= now else _("%(clock)s · due in %(span)s")) % words
