"""The forms that choose a period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from victor.forms.fields import MonthField
from victor.forms.inputs import MONTH_FORMAT
from victor.indicators.periods import HalfYear


class PeriodForm(forms.Form):
    """The first and the last month of a period, in the address.

    Where one cannot be read, its field says so, and the page shows this year to date.
    """

    first = MonthField(label=_("First month"), required=False)
    last = MonthField(label=_("Last month"), required=False)

    def __init__(self, query: Mapping[str, str]) -> None:
        typed = {"first": query.get("first"), "last": query.get("last")}
        super().__init__(typed)
        self.full_clean()
        this_month = timezone.localdate().replace(day=1)
        self.last_month: date = self.cleaned_data.get("last") or this_month
        first_month: date = self.cleaned_data.get("first") or self.last_month.replace(month=1)
        self.first_month = min(first_month, self.last_month)
        months = {name: f"{month:{MONTH_FORMAT}}" for name, month in self.months.items() if name not in self.errors}
        self.data = typed | months

    @property
    def months(self) -> dict[str, date]:
        """The two months, by the names of the fields."""
        return {"first": self.first_month, "last": self.last_month}


class HalfYearForm(forms.Form):
    """A half-year, in the address. Where it is not offered, it is the latest one that is shown."""

    def __init__(self, query: Mapping[str, str]) -> None:
        super().__init__({"half": query.get("half")})
        offered = {period.key: period for period in HalfYear.offered()}
        self.fields["half"] = forms.ChoiceField(
            label=_("Half-year"), choices=[(key, str(period)) for key, period in offered.items()], required=False
        )
        self.half_year: HalfYear = offered.get(query.get("half") or "", HalfYear.latest_shown())
        self.data = {"half": self.half_year.key}

    @property
    def query(self) -> str:
        """The choice as an address says it."""
        return urlencode(self.data)
