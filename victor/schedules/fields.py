"""Fields of forms that several apps need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone

MINUTE_FORMAT = "%Y-%m-%dT%H:%M"


class LocalDateTimeField(forms.DateTimeField):
    """A day and a time that belong to no time zone yet: `read_clocks` gives them one."""

    def __init__(self, **given: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format=MINUTE_FORMAT)
        super().__init__(**{"widget": widget} | given)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            moment: datetime | None = super().to_python(value)
        return moment and moment.replace(tzinfo=None)


def to_local_times(moments: dict[str, datetime], zone: ZoneInfo) -> dict[str, datetime]:
    """What `ClockTime` fields show first: moments as the clocks of a place show them."""
    return {name: moment.astimezone(zone).replace(tzinfo=None) for name, moment in moments.items()}


def read_local_times(form: Any, cleaned: dict[str, Any], names: Iterable[str], zone: str | None) -> None:
    """Make moments of what was typed for these fields, on the clocks of a place; where that is unknown, nothing."""
    typed = {name: moment for name in names if (moment := cleaned.pop(name, None))}
    for name, moment in typed.items() if zone else ():
        try:
            with timezone.override(zone):
                cleaned[name] = from_current_timezone(moment)
        except forms.ValidationError as never:
            form.add_error(name, never)
