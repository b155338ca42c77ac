"""What was reached: figures that the site counts and values that people have entered, as each page reads them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.targets.aggregation import put_all_together, put_together
from partners.targets.models import PlannedValue
from partners.targets.states import AcrossPlaces, AcrossTime
from partners.values.models import HandEnteredValue, ValueCorrection
from partners.values.states import CorrectionState, ValueState
from victor.indicators.declarations import FIGURES

if TYPE_CHECKING:
    from datetime import date

    from partners.targets.models import IndicatorTarget, Period
    from victor.accounts.models import User

logger = logging.getLogger(__name__)
COUNTED_STATES = {ValueState.PROPOSED, ValueState.APPROVED}


@dataclass(frozen=True)
class Reading:
    """A figure, or why there is none. `missing` is how many parts of it are not known."""

    number: Decimal | None
    reason: str = ""
    is_hidden: bool = False
    missing: int = 0


def planned_values(reader: User, periods: Iterable[Period]) -> list[PlannedValue]:
    """What is planned for these periods, with values and approved corrections: a fixed number of queries."""
    approved = ValueCorrection.objects.filter(state=CorrectionState.APPROVED).order_by("counted")
    corrections = Prefetch("value__corrections", approved, to_attr="approved_corrections")
    rows = PlannedValue.objects.visible_to(reader).filter(period__in=list(periods)).for_listing()
    return list(rows.select_related("value__entered_by").prefetch_related(corrections))


def value_of(planned: PlannedValue) -> HandEnteredValue | None:
    """What was entered, if anything was."""
    value: HandEnteredValue | None = getattr(planned, "value", None)
    return value


def figure_of(value: HandEnteredValue) -> HandEnteredValue | ValueCorrection:
    """What a value says today: its last approved correction, or the value itself."""
    corrections: list[ValueCorrection] = getattr(value, "approved_corrections", [])
    return corrections[-1] if corrections else value


def number_of(planned: PlannedValue) -> Decimal | None:
    """The figure that counts: of a value that is proposed or approved, as corrected. None where there is none."""
    value = value_of(planned)
    return figure_of(value).number if value and value.state in COUNTED_STATES else None


def read_entered(target: IndicatorTarget, periods: Sequence[Period], rows: Sequence[PlannedValue]) -> Reading:
    """The values of all organisations in these periods as one figure, in the two ways that are declared."""
    places = [
        {row.organisation_id or 0: number_of(row) for row in rows if row.period_id == period.pk} for period in periods
    ]
    over_places, over_time = AcrossPlaces(target.across_places), AcrossTime(target.across_time)
    if len(periods) == 1:
        total = put_together(list(places[0].values()), over_places)
    else:
        asked = [part for part in places if part]
        total = put_all_together(asked, across_places=over_places, across_time=over_time)
    return Reading(total.number, missing=total.missing)


def read_planned(target: IndicatorTarget, periods: Sequence[Period], rows: Sequence[PlannedValue]) -> Decimal | None:
    """What is planned for these periods as one figure. Where each person counts once, plans cannot be put together."""
    numbers = [
        {row.organisation_id or 0: row.number for row in rows if row.period_id == period.pk and row.number is not None}
        for period in periods
    ]
    whole = AcrossPlaces.SUM if target.indicator else AcrossPlaces(target.across_places)
    if len(periods) == 1:
        return put_together(list(numbers[0].values()), whole).number
    time = AcrossTime(target.across_time)
    return put_all_together([part for part in numbers if part], across_places=whole, across_time=time).number


def read_counted(target: IndicatorTarget, periods: Sequence[Period]) -> Reading:
    """The figure that the site counts, in these periods. Each person counts once in all of them together."""
    if target.across_time == AcrossTime.DISTINCT and periods:
        whole = max(period.last_on for period in periods)
        return _count(target, min(periods, key=lambda period: period.first_on), whole)
    readings = [_count(target, period, period.last_on) for period in periods]
    if len(readings) == 1:
        return readings[0]
    if any(reading.is_hidden for reading in readings):
        return Reading(None, is_hidden=True)
    total = put_together([reading.number for reading in readings], AcrossTime(target.across_time))
    reasons = [reading.reason for reading in readings if reading.reason]
    return Reading(total.number, reasons[0] if reasons and total.number is None else "", missing=total.missing)


def _count(target: IndicatorTarget, period: Period, last_on: date) -> Reading:
    """A figure that fails is missing, with the reason, and never 0."""
    figure = FIGURES.get(target.indicator)
    if figure is None:
        return Reading(None, _("The site does not count this figure any more."), missing=1)
    if period.first_on > timezone.localdate():
        return Reading(None, _("The period has not begun."), missing=1)
    try:
        with transaction.atomic():
            number = figure.count(period.first_on, last_on)
    except Exception:
        logger.exception("a figure of a grant could not be counted", extra={"figure": figure.key})
        return Reading(None, _("The source did not answer."), missing=1)
    if 0 < number < figure.threshold:
        return Reading(None, is_hidden=True)
    return Reading(Decimal(number))
