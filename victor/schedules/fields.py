"""Form fields for local times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone

from victor.forms.fields import MomentField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class LocalDateTimeField(MomentField):
    """A date and time without a time zone. `read_local_times` adds the zone."""

    def __init__(self, *, label: StrOrPromise, help_text: StrOrPromise = "") -> None:
        super().__init__(label=label, help_text=help_text)

    def to_python(self, value: object) -> datetime | None:
        with timezone.override(UTC):
            moment: datetime | None = super().to_python(value)
        return moment and moment.replace(tzinfo=None)


def to_local_times(moments: dict[str, datetime], zone: ZoneInfo) -> dict[str, datetime]:
    """Initial values of `LocalDateTimeField`s: moments as local times in a zone."""
    return {name: moment.astimezone(zone).replace(tzinfo=None) for name, moment in moments.items()}


def read_local_times(form: forms.BaseForm, cleaned: dict[str, object], names: Iterable[str], zone: str | None) -> None:
    """Replace the local times of these fields in `cleaned` by moments. Without a zone they are removed."""
    typed = {name: moment for name in names if isinstance(moment := cleaned.pop(name, None), datetime)}
    for name, moment in typed.items() if zone else ():
        try:
            with timezone.override(zone):
                cleaned[name] = from_current_timezone(moment)
        except forms.ValidationError as error:  # a time that does not exist, when clocks change
            form.add_error(name, error)
