"""Forms of values: what was reached, or why nobody knows; a correction; which period is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from partners.activities.forms import checked_file
from partners.activities.states import EVIDENCE_FORMATS
from partners.values.models import HandEnteredValue, ValueCorrection
from victor.forms.fields import typed_formfield

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from partners.targets.models import Period
    from victor.publishing.forms import FormData, FormFiles, FormOptions, ModelFormOptions

ALL = "all"
FIGURE, NONE = "figure", "none"
ZERO = _("0 means that none was counted. If you do not know, choose “There is no figure”.")


class PeriodForm(forms.Form):
    """Which period is shown."""

    period = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(self, data: FormData = None, *, periods: Sequence[Period], **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        choices = [(str(period.pk), str(period)) for period in periods]
        self.fields["period"] = forms.ChoiceField(
            label=_("Period"), choices=[*choices, (ALL, _("All periods"))], required=False
        )


class FigureForm(forms.ModelForm):
    """A figure with its source, or why there is none."""

    known = forms.ChoiceField(
        label=_("Is there a figure?"),
        choices=[(FIGURE, _("There is a figure")), (NONE, _("There is no figure"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, files, **options)
        self.initial.setdefault("known", NONE if self.instance.missing_reason else FIGURE)

    def clean(self) -> None:
        """What does not belong to the answer does not count."""
        super().clean()
        known = self.cleaned_data.get("known")
        if known == NONE:
            self.cleaned_data["number"] = None
        elif known == FIGURE:
            self.cleaned_data["missing_reason"] = ""


class ValueForm(FigureForm):
    """What an organisation has reached in a period."""

    class Meta:
        model = HandEnteredValue
        fields = ["known", "number", "missing_reason", "source", "file"]
        widgets = {"file": forms.FileInput}
        formfield_callback = typed_formfield
        help_texts = {
            "number": ZERO,
            "missing_reason": _("The reason is printed in the report."),
            "source": _("A list, an invoice, minutes."),
            "file": _(
                "A PDF or an image without children in it. Only your organisation and the coordinators can open it."
            ),
        }

    def clean_file(self) -> File | None:
        """Refuse a file that is neither a PDF nor a picture."""
        file: File | None = self.cleaned_data["file"]
        if not file or "file" not in self.changed_data:
            return file
        text = str(_("Choose a PDF or an image (JPEG, PNG, WebP)."))
        self.instance.file_format, file = checked_file(file, EVIDENCE_FORMATS, text)
        return file


class CorrectionForm(FigureForm):
    """What an approved value should say instead, what changed and why."""

    class Meta:
        model = ValueCorrection
        fields = ["known", "number", "missing_reason", "source", "what", "why"]
        formfield_callback = typed_formfield
        help_texts = {"number": ZERO, "missing_reason": _("The reason is printed in the report.")}
