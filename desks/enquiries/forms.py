from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.enquiries.models import Enquiry
from desks.enquiries.states import EnquiryResult, EnquiryTopic
from desks.reports.states import CALLER_CHOICES, Channel
from partners.directory.models import Country
from victor.forms.fields import typed_formfield
from victor.publishing.forms import NamedChoiceField

if TYPE_CHECKING:
    from django.forms import BoundField

    from victor.publishing.forms import FormData


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
        fields = ["channel", "caller", "topic", "result", "language", "country", "day"]
        widgets = dict.fromkeys(("channel", "caller", "topic", "result"), forms.RadioSelect)
        formfield_callback = typed_formfield

    def __init__(self, data: FormData = None, *, desk: Desk) -> None:
        super().__init__(data, instance=Enquiry(desk=desk))
        choices: dict[str, Sequence[tuple[str, str | Promise]]] = {
            "channel": Channel.choices,
            "caller": CALLER_CHOICES,
            "topic": EnquiryTopic.choices,
            "result": EnquiryResult.choices,
        }
        for name, field_choices in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = field_choices
        language = next(iter(desk.languages), "en")
        self.initial.update({"channel": Channel.TELEPHONE, "country": desk.country_id, "language": language})
        self.fields["day"].widget.attrs["max"] = timezone.localdate().isoformat()

    @property
    def radio_fields(self) -> list[BoundField]:
        """What is answered with one press each."""
        return [field for field in self if field.widget_type == "radioselect"]

    @property
    def other_fields(self) -> list[BoundField]:
        """What is right most of the time."""
        return [field for field in self if field.widget_type != "radioselect"]

    def clean_day(self) -> date:
        """Refuse a day that is still to come."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        return day
