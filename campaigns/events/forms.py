from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.events.models import Event
from victor.schedules.fields import LocalDateTimeField, read_local_times, to_local_times

TIME_FIELDS = ("starts", "ends")


class EventForm(forms.ModelForm):
    """An event, with its times as the clocks show them in its country."""

    starts = LocalDateTimeField(label=_("begins"), help_text=_("Local time in the country of the event"))
    ends = LocalDateTimeField(label=_("ends"))

    class Meta:
        model = Event
        fields = ["country", "starts", "ends"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= to_local_times(
                {name: getattr(self.instance, name) for name in TIME_FIELDS}, self.instance.zone
            )

    def clean(self) -> dict[str, Any]:
        """Read the times from the clocks of the country."""
        cleaned = super().clean() or self.cleaned_data
        country = cleaned.get("country")
        read_local_times(self, cleaned, TIME_FIELDS, country and country.time_zone)
        return cleaned
