from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Event


class ClockTime(forms.SplitDateTimeField):
    """A day and a time that belong to no time zone yet."""

    widget = AdminSplitDateTime

    def compress(self, data_list: list[Any]) -> datetime | None:
        with timezone.override(UTC):
            moment: datetime | None = super().compress(data_list)
        return moment and moment.replace(tzinfo=None)


class EventForm(forms.ModelForm):
    """An event, with its times as the clocks show them in its country."""

    starts = ClockTime(label=_("begins"), help_text=_("As the clocks show it in the country of the event"))
    ends = ClockTime(label=_("ends"))

    class Meta:
        model = Event
        fields = ["country", "starts", "ends"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            there = {"starts": self.instance.local_starts, "ends": self.instance.local_ends}
            self.initial |= {name: moment.replace(tzinfo=None) for name, moment in there.items()}

    def clean(self) -> dict[str, Any]:
        """Read the times from the clocks of the country."""
        cleaned = super().clean() or self.cleaned_data
        typed = {name: moment for name in ("starts", "ends") if (moment := cleaned.pop(name, None))}
        country = cleaned.get("country")
        for name, moment in typed.items() if country else ():
            try:
                with timezone.override(country.time_zone):
                    cleaned[name] = from_current_timezone(moment)
            except forms.ValidationError as never:
                self.add_error(name, never)
        return cleaned
