"""Forms of activities: a real day, a deviation, evidence, a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.activities.models import Deviation, Evidence
from partners.activities.states import EVIDENCE_FORMATS
from victor.files.errors import FileRefused
from victor.files.states import FileFormat
from victor.files.uploads import check_upload
from victor.forms.fields import DateField, typed_formfield
from victor.linked_work import MAX_CHOICES, WORK_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Unpack

    from victor.publishing.forms import FormData, FormFiles, FormOptions, ModelFormOptions


def checked_file(file: File, formats: Collection[FileFormat], refusal_text: str) -> tuple[FileFormat, File]:
    """An uploaded file of one of these formats, and its format.

    Raises:
        ValidationError: it is something else, is damaged or too large.
    """
    try:
        file_format, plain = check_upload(file)
    except FileRefused as refusal:
        raise forms.ValidationError(refusal.fault.label) from refusal
    if file_format not in formats:
        raise forms.ValidationError(refusal_text)
    return file_format, plain


class DayForm(forms.Form):
    """The day on which an activity has begun or ended."""

    on = DateField(label=_("Date"))

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        self.fields["on"].widget.attrs["max"] = timezone.localdate().isoformat()


class DeviationForm(forms.ModelForm):
    """What changed, why, and what that means for the result."""

    class Meta:
        model = Deviation
        fields = ["outcome", "what", "why", "effect"]
        formfield_callback = typed_formfield


class ReturnForm(forms.Form):
    """Why something is returned."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class EvidenceForm(forms.ModelForm):
    """A file that proves an activity, and who can open it."""

    class Meta:
        model = Evidence
        fields = ["kind", "words", "file", "is_restricted"]
        widgets = {"file": forms.FileInput}
        formfield_callback = typed_formfield
        help_texts = {
            "kind": _("Only coordinators can open a signature list."),
            "file": _("A PDF or an image without children in it."),
        }

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[ModelFormOptions]) -> None:
        super().__init__(data, files, **options)
        self.fields["is_restricted"].required = False

    def clean_file(self) -> File:
        """Refuse a file that is neither a PDF nor a picture."""
        text = str(_("Choose a PDF or an image (JPEG, PNG, WebP)."))
        self.instance.file_format, file = checked_file(self.cleaned_data["file"], EVIDENCE_FORMATS, text)
        return file


class LinkForm(forms.Form):
    """A seminar, campaign or desk in which an activity was done."""

    work = forms.ChoiceField(label=_("Seminar, campaign, desk or meeting"))

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        groups = [
            (kind.words, [(f"{kind.name}:{work.key}", work.title) for work in list(kind.find(None))[:MAX_CHOICES]])
            for kind in WORK_KINDS.values()
        ]
        cast("forms.ChoiceField", self.fields["work"]).choices = [("", "---------"), *groups]

    def clean_work(self) -> tuple[str, str]:
        """The kind and the key."""
        kind, _colon, key = str(self.cleaned_data["work"]).partition(":")
        return kind, key
