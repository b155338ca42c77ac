from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MONTH_FORMAT = "%Y-%m"


class PeriodForm(forms.Form):
    """The first and the last month of a period, in the address; what cannot be read is this year."""

    first = forms.DateField(label=_("From month"), input_formats=[MONTH_FORMAT], required=False)
    last = forms.DateField(label=_("To month"), input_formats=[MONTH_FORMAT], required=False)

    def __init__(self, asked: Any) -> None:
        super().__init__({"first": asked.get("first"), "last": asked.get("last")})
        for field in self.fields.values():
            field.widget = forms.DateInput({"type": "month"}, format=MONTH_FORMAT)
        self.full_clean()
        this_month = timezone.localdate().replace(day=1)
        self.last = self.cleaned_data.get("last") or this_month
        self.first = min(self.cleaned_data.get("first") or self.last.replace(month=1), self.last)
        self.data = {name: f"{month:{MONTH_FORMAT}}" for name, month in self.months.items()}

    @property
    def months(self) -> dict[str, date]:
        """The two months, as they stand in the address."""
        return {"first": self.first, "last": self.last}
