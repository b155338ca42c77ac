"""Forms that record and filter activities."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from django import forms
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.reach.models import Activity
from campaigns.reach.states import Channel
from partners.directory.models import Country, Organisation
from partners.memberships.rules import coordinates, working_organisations_of
from victor.files.errors import FileRefused
from victor.files.states import FileFormat
from victor.files.uploads import check_upload
from victor.forms.fields import typed_formfield
from victor.publishing.forms import NamedChoiceField

if TYPE_CHECKING:
    from typing import Unpack

    from campaigns.reach.querysets import ActivityQuerySet
    from victor.accounts.models import User
    from victor.publishing.forms import FormData, FormFiles, ModelFormOptions

EVIDENCE_FORMATS = {FileFormat.PDF, FileFormat.JPEG, FileFormat.PNG, FileFormat.WEBP}


class ActivityForm(forms.ModelForm):
    """An activity: what was done for a campaign, where and when, and the figure."""

    class Meta:
        model = Activity
        fields = [
            *("organisation", "channel", "country", "place", "date"),
            *("measure", "number", "method", "source", "evidence"),
        ]
        field_classes = {"organisation": NamedChoiceField, "country": NamedChoiceField}
        widgets = {"evidence": forms.FileInput}
        formfield_callback = typed_formfield
        help_texts = {
            "evidence": _(
                "A PDF or an image without children in it. Only your organisation and the coordinators can open it."
            )
        }

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, by: User, **options: Unpack[ModelFormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        organisations = Organisation.objects.for_listing()
        if not coordinates(by):
            organisations = organisations.filter(pk__in=working_organisations_of(by))
        cast("NamedChoiceField", self.fields["organisation"]).queryset = organisations
        cast("NamedChoiceField", self.fields["country"]).queryset = Country.objects.in_partnership()
        if len(organisations) == 1 and not self.instance.pk:
            self.initial.update(organisation=organisations[0], country=organisations[0].country)
        self.fields["date"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean_date(self) -> date:
        """Refuse a date in the future."""
        day: date = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        return day

    def clean_evidence(self) -> File | None:
        """Refuse a file that is neither a PDF nor a picture."""
        file: File | None = self.cleaned_data["evidence"]
        if not file or "evidence" not in self.changed_data:
            return file
        try:
            file_format, file = check_upload(file)
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.fault.label) from refusal
        if file_format not in EVIDENCE_FORMATS:
            raise forms.ValidationError(_("Choose a PDF or an image (JPEG, PNG, WebP)."))
        self.instance.evidence_format = file_format
        return file


class ActivityFilterForm(forms.Form):
    """A filter of activities. Values that are not valid filter nothing."""

    country = NamedChoiceField(
        Country.objects.in_partnership(),
        label=_("Country"),
        empty_label=pgettext_lazy("countries", "All"),
        required=False,
    )
    organisation = NamedChoiceField(
        Organisation.objects.all(),
        label=_("Organisation"),
        empty_label=pgettext_lazy("organisations", "All"),
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", pgettext_lazy("channels", "All")), *Channel.choices], required=False
    )

    def filter_queryset(self, activities: ActivityQuerySet) -> ActivityQuerySet:
        """The activities that match."""
        self.full_clean()
        return activities.filter(**{name: value for name, value in self.cleaned_data.items() if value})
