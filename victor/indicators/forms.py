"""The form that chooses a period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MONTH_FORMAT = "%Y-%m"


class PeriodForm(forms.Form):
    """The first and the last month of a period, in the address. Where they cannot be read, it is this year to date."""

    first = forms.DateField(label=_("First month"), input_formats=[MONTH_FORMAT], required=False)
    last = forms.DateField(label=_("Last month"), input_formats=[MONTH_FORMAT], required=False)

    def __init__(self, query: Mapping[str, str]) -> None:
        super().__init__({"first": query.get("first"), "last": query.get("last")})
        for field in self.fields.values():
            field.widget = forms.DateInput({"type": "month"}, format=MONTH_FORMAT)
        self.full_clean()
        this_month = timezone.localdate().replace(day=1)
        self.last_month: date = self.cleaned_data.get("last") or this_month
        first_month: date = self.cleaned_data.get("first") or self.last_month.replace(month=1)
        self.first_month = min(first_month, self.last_month)
        self.data = {name: f"{month:{MONTH_FORMAT}}" for name, month in self.months.items()}

    @property
    def months(self) -> dict[str, date]:
        """The two months, by the names of the fields."""
        return {"first": self.first_month, "last": self.last_month}
