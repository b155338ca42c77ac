"""Form fields for local times."""

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
    """A date and time without a time zone. `read_local_times` adds the zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format=MINUTE_FORMAT)
        super().__init__(**{"widget": widget} | options)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            moment: datetime | None = super().to_python(value)
        return moment and moment.replace(tzinfo=None)


def to_local_times(moments: dict[str, datetime], zone: ZoneInfo) -> dict[str, datetime]:
    """Initial values of `LocalDateTimeField`s: moments as local times in a zone."""
    return {name: moment.astimezone(zone).replace(tzinfo=None) for name, moment in moments.items()}


def read_local_times(form: Any, cleaned: dict[str, Any], names: Iterable[str], zone: str | None) -> None:
    """Replace the local times of these fields in `cleaned` by moments. Without a zone they are removed."""
    typed = {name: moment for name in names if (moment := cleaned.pop(name, None))}
    for name, moment in typed.items() if zone else ():
        try:
            with timezone.override(zone):
                cleaned[name] = from_current_timezone(moment)
        except forms.ValidationError as error:  # a time that does not exist, when clocks change
            form.add_error(name, error)
