"""The form of an event in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.events.models import Event
from victor.schedules.fields import LocalDateTimeField, read_local_times, to_local_times

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, FormFiles, ModelFormOptions

TIME_FIELDS = ("starts", "ends")


class EventForm(forms.ModelForm):
    """An event, with its times in the time zone of its country."""

    starts = LocalDateTimeField(label=_("begins"), help_text=_("Local time in the country of the event"))
    ends = LocalDateTimeField(label=_("ends"))

    class Meta:
        model = Event
        fields = ["country", "starts", "ends"]

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, files, **options)
        if self.instance.pk:
            moments = {name: getattr(self.instance, name) for name in TIME_FIELDS}
            self.initial.update(to_local_times(moments, self.instance.zone))

    def clean(self) -> dict[str, object]:
        """Read the times in the time zone of the country."""
        cleaned = super().clean() or self.cleaned_data
        country = cleaned.get("country")
        read_local_times(self, cleaned, TIME_FIELDS, country and country.time_zone)
        return cleaned
