from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.retention.models import RetentionRule
from desks.retention.periods import RULED_KINDS, ruled_kind_of
from partners.directory.models import Country
from victor.forms.fields import typed_formfield
from victor.publishing.forms import NamedChoiceField

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, ModelFormOptions


class RetentionRuleForm(forms.ModelForm):
    """For how many days reports or cases with an outcome are kept."""

    country = NamedChoiceField(
        Country.objects.in_partnership(), label=_("Country"), empty_label=_("All countries"), required=False
    )

    class Meta:
        model = RetentionRule
        fields = ["outcome", "country", "days", "starts"]
        formfield_callback = typed_formfield

    def __init__(self, data: FormData = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, **options)
        today = timezone.localdate().isoformat()
        kinds = [(kind.title, list(kind.outcomes)) for kind in RULED_KINDS]
        cast("forms.ChoiceField", self.fields["outcome"]).choices = kinds
        self.fields["starts"].widget.attrs["min"] = today
        self.fields["starts"].initial = today

    def clean_starts(self) -> date:
        """Refuse a day that is over: what was right yesterday stays right."""
        starts: date = self.cleaned_data["starts"]
        if starts < timezone.localdate():
            raise forms.ValidationError(_("This date is in the past."))
        return starts

    def clean(self) -> dict[str, object]:
        """Refuse days that no rule of this kind may say."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "outcome" in cleaned and "days" in cleaned:
            kind = ruled_kind_of(cleaned["outcome"])
            if not kind.least <= cleaned["days"] <= kind.most:
                words = _("%(kind)s: from %(least)d to %(most)d days.")
                bounds = {"kind": kind.title, "least": kind.least, "most": kind.most}
                self.add_error("days", forms.ValidationError(words, params=bounds))
        return cleaned


class HoldForm(forms.Form):
    """Why the law asks that a report is kept."""

    reason = forms.CharField(
        label=_("Why must it be kept?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Stored encrypted with the report. Only your desk can read it."),
    )
