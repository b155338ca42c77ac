"""Inputs for which browsers have a calendar."""

from __future__ import annotations

from django import forms

DATE_FORMAT, MONTH_FORMAT, MINUTE_FORMAT = "%Y-%m-%d", "%Y-%m", "%Y-%m-%dT%H:%M"


class DateInput(forms.DateInput):
    """The browser's calendar. It sends 2028-03-02 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format=DATE_FORMAT)


class MonthInput(forms.DateInput):
    """The browser's choice of a month. It sends 2028-03."""

    input_type = "month"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format=MONTH_FORMAT)


class MinuteInput(forms.DateTimeInput):
    """The browser's calendar and clock. It sends 2028-03-02T14:30."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format=MINUTE_FORMAT)
