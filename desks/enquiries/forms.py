from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.enquiries.models import Enquiry
from desks.enquiries.states import EnquiryResult, EnquiryTopic
from desks.reports.states import CALLER_CHOICES, Channel
from partners.directory.models import Country
from victor.publishing.forms import NamedChoiceField


class EnquiryForm(forms.ModelForm):
    """One enquiry, in a few presses."""

    country = NamedChoiceField(
        Country.objects.in_partnership(),
        label=_("Caller's country"),
        empty_label=_("Unknown or another country"),
        required=False,
    )

    class Meta:
        model = Enquiry
        fields = ["channel", "caller", "topic", "given", "language", "country", "day"]
        widgets = {
            **dict.fromkeys(("channel", "caller", "topic", "given"), forms.RadioSelect),
            "day": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, instance=Enquiry(desk=desk), **kwargs)
        choices = {
            "channel": Channel.choices,
            "caller": CALLER_CHOICES,
            "topic": EnquiryTopic.choices,
            "given": EnquiryResult.choices,
        }
        for name, known in choices.items():
            self.fields[name].choices = known
        self.initial |= {"channel": Channel.TELEPHONE, "country": desk.country_id}
        self.initial["language"] = next(iter(desk.languages), "en")
        self.fields["day"].widget.attrs["max"] = timezone.localdate().isoformat()

    @property
    def presses(self) -> list[Any]:
        """What is answered with one press each."""
        return [field for field in self if field.widget_type == "radioselect"]

    @property
    def rest(self) -> list[Any]:
        """What is right most of the time."""
        return [field for field in self if field.widget_type != "radioselect"]

    def clean_day(self) -> Any:
        """Refuse a day that is still to come."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        return day
