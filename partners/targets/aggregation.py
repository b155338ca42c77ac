"""Put figures together in the way that is declared for them. What is missing is never 0, and it is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from partners.targets.states import AcrossPlaces, AcrossTime

Way = AcrossPlaces | AcrossTime


@dataclass(frozen=True)
class Total:
    """A figure made of several: None where nothing is known, or where they are never put together."""

    number: Decimal | None
    missing: int = 0


def put_together(figures: Sequence[Decimal | None], way: Way) -> Total:
    """Figures in their order, the latest last, as one. `None` is one that is missing.

    Whether each person counts once only the source knows: figures that are already counted are not put together so.
    """
    known = [figure for figure in figures if figure is not None]
    missing = len(figures) - len(known)
    if not known or way in {AcrossTime.NEVER, AcrossTime.DISTINCT}:
        return Total(None, missing)
    if way == AcrossTime.LATEST:
        return Total(known[-1], int(figures[-1] is None))
    if way == AcrossTime.MAX:
        return Total(max(known), missing)
    whole = sum(known, Decimal(0))
    return Total(whole / len(known) if way == AcrossTime.MEAN else whole, missing)


def put_all_together(
    periods: Sequence[Mapping[int, Decimal | None]], *, across_places: AcrossPlaces, across_time: AcrossTime
) -> Total:
    """Figures by place in each period, first over the places, then over the periods."""
    totals = [put_together(list(places.values()), across_places) for places in periods]
    whole = put_together([total.number for total in totals], across_time)
    return Total(whole.number, sum(total.missing for total in totals))
