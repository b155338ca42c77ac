"""The forms of alerts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.alerts.actions import AlertFacts
from desks.alerts.states import Agreed, AlertAnswer
from desks.cases.forms import line_field, radio_field, text_field
from desks.desk.models import Desk
from victor.forms.fields import DateField, MomentField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from victor.publishing.forms import FormData

DAYS_AS_A_RULE = 7


class DesksField(forms.ModelMultipleChoiceField):
    """Desks of other countries or organisations, by country and name."""

    def label_from_instance(self, obj: Desk) -> str:
        return f"{obj.country} · {obj.name}"


class AlertForm(forms.Form):
    """Who is missing, which desks are told, who has agreed, until when. No desk is ticked beforehand."""

    who = text_field(_("Who is missing"), help_text=_("Name, age, looks"))
    where = line_field(_("Last seen where"), required=True)
    since = MomentField(label=_("Last seen when"))
    desks = DesksField(Desk.objects.none(), label=_("Desks to tell"), widget=forms.CheckboxSelectMultiple)
    agreed = radio_field(_("Who agreed"), Agreed.choices)
    office = line_field(_("Name or office of who agreed"), required=True)
    agreed_on = DateField(label=_("Agreed on"))
    how = line_field(_("How they agreed"), required=True, help_text=_("For example: on paper, by telephone"))
    ends_on = DateField(label=_("Ends on"), help_text=_("30 days at most"))

    def __init__(self, data: FormData = None, *, desk: Desk, others: Sequence[Desk]) -> None:
        super().__init__(data)
        self.desk = desk
        chosen = Desk.objects.filter(pk__in=[other.pk for other in others]).select_related("country", "group")
        cast("DesksField", self.fields["desks"]).queryset = chosen
        today = timezone.localdate(timezone=desk.zone)
        self.fields["agreed_on"].initial = today
        self.fields["ends_on"].initial = today + timedelta(days=DAYS_AS_A_RULE)

    def clean_since(self) -> datetime:
        """Nobody was last seen in the future."""
        since: datetime = self.cleaned_data["since"]
        if since > timezone.now():
            raise forms.ValidationError(_("This moment lies in the future."))
        return since

    @property
    def facts(self) -> AlertFacts:
        """What was typed. It ends with the last day, on the desk's own clock."""
        typed = self.cleaned_data
        ends_at = datetime.combine(typed["ends_on"] + timedelta(days=1), time(), tzinfo=self.desk.zone)
        names = ("who", "where", "since", "agreed", "office", "agreed_on", "how")
        return AlertFacts(**{name: typed[name] for name in names}, ends_at=ends_at)


class AnswerForm(forms.Form):
    """What a desk knows."""

    answer = radio_field(_("Your answer"), AlertAnswer.choices)
    text = text_field(_("What you know"), required=False)
