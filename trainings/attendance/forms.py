from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country
from trainings.registrations.models import Registration
from trainings.registrations.names import validate_person_name
from trainings.seminars.models import Seminar

REASON_LENGTH = 300


class WalkInForm(forms.ModelForm):
    """Whoever has come without registration. Only who trains lets somebody in beyond the seats."""

    reason = forms.CharField(
        label=_("Reason for letting them in although all places are taken"), max_length=REASON_LENGTH, required=False
    )

    class Meta:
        model = Registration
        fields = ["name", "email", "profession", "organisation", "organisation_type", "country", "language"]

    def __init__(self, data: Any, *, seminar: Seminar, manages: bool) -> None:
        super().__init__(data, initial={"country": seminar.country_id, "language": seminar.language})
        self.instance.seminar = seminar
        self.fields["name"].validators.append(validate_person_name)
        self.fields["country"].queryset = Country.objects.in_partnership().order_by("position")
        self.fields["country"].empty_label = _("Another country")
        for name in ("name", "email", "organisation"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the telephone is the helper's
        if not manages:
            del self.fields["reason"]

    def validate_constraints(self) -> None:
        """Whoever is registered with this address already is let in as the one they are."""


class ReasonForm(forms.Form):
    """Why something is put right."""

    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH)


class AttendanceForm(ReasonForm):
    """Who was there by the signed sheet, beside what the list said when it was opened: what others have noted
    meanwhile stays."""

    def __init__(self, data: Any, *, expected: Any) -> None:
        super().__init__(data, initial={"reason": _("Signed attendance sheet")})
        self.fields["came"] = forms.ModelMultipleChoiceField(expected, required=False)
        self.fields["was"] = forms.ModelMultipleChoiceField(expected, required=False)

    @property
    def missed(self) -> set[Registration]:
        """Who was there and was not on the list."""
        return set(self.cleaned_data["came"]) - set(self.cleaned_data["was"])

    @property
    def wrong(self) -> set[Registration]:
        """Who was on the list and not there."""
        return set(self.cleaned_data["was"]) - set(self.cleaned_data["came"])
