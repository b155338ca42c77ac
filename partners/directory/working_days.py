"""Working days of a country: Monday to Friday, without its public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import holidays
import structlog

if TYPE_CHECKING:
    from partners.directory.models import Country

SATURDAY = 5
log = structlog.get_logger(__name__)


def is_working_day(day: date, country: Country) -> bool:
    """Whether people work on this day in a country."""
    return day.weekday() < SATURDAY and day not in _public_holidays(country.code, day.year)


def add_working_days(day: date, count: int, country: Country) -> date:
    """The day that is so many working days after another."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, country)
    return day


@lru_cache
def _public_holidays(code: str, year: int) -> frozenset[date]:
    """Those of a year. Where none are known, every weekday counts, and the log says so: Ukraine has none in the war."""
    try:
        known = frozenset(holidays.country_holidays(code.upper(), years=year))
    except NotImplementedError:
        known = frozenset()
    if not known:
        log.warning("public holidays unknown", country=code, year=year)
    return known
