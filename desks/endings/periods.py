"""When is a closed case deleted? Pure rules over days.

The default is a proposal, to be approved by the data protection officers: five years after closing, and not before
the child is twenty-three. The date of birth is in an envelope that nobody opens for this, so the child counts as the
youngest of its age band: the case is kept longer rather than shorter.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from desks.cases.closures import in_months
from desks.cases.code_lists import AgeBand, ClosureOutcome
from desks.retention.periods import RuledKind, add_ruled_kind

LEAST_AGE = 23
DEFAULT_CASE_DAYS = 1827  # five years, with their leap days
# How old the youngest child of an age band is.
YOUNGEST = {
    AgeBand.TO_5: 0,
    AgeBand.TO_11: 6,
    AgeBand.TO_14: 12,
    AgeBand.TO_17: 15,
    AgeBand.ADULT: 18,
    AgeBand.UNKNOWN: 0,
}

CASES = add_ruled_kind(
    RuledKind(
        _("Closed cases"),
        tuple(ClosureOutcome.choices),
        dict.fromkeys(ClosureOutcome.values, DEFAULT_CASE_DAYS),
        365,
        10958,
        _(
            "Closed cases that are older are then deleted, thirty days from now at the soonest, and none before the "
            "child is twenty-three. Supervisors are warned."
        ),
    )
)


def earliest_day(closed_on: date, age_band: str) -> date:
    """The day on which the child is twenty-three, even if it was the youngest of its band when the case closed."""
    return in_months(closed_on, 12 * (LEAST_AGE - YOUNGEST[AgeBand(age_band)]))


def deletion_day(closed_on: date, last_words_on: date | None, *, days: int, age_band: str) -> date:
    """So many days after closing, or after the last words that came later; never before the child is twenty-three."""
    counted_from = max(closed_on, last_words_on or closed_on)
    return max(counted_from + timedelta(days=days), earliest_day(closed_on, age_band))
