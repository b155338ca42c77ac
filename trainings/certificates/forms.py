"""Forms that verify, revoke and correct certificates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from trainings.certificates import codes
from trainings.certificates.models import Certificate
from trainings.registrations.names import validate_person_name

if TYPE_CHECKING:
    from victor.publishing.forms import FormData, FormFiles

SERIAL = re.compile(r"(?:VICTOR)?[-–\s]*\d{4}[-–\s]*\d{1,6}")  # as people copy it
MAX_FILE_BYTES = 5 * 1024 * 1024
TOO_LARGE = _("The file is too large. The limit is 5 MB.")


class CodeForm(forms.Form):
    """The code on a certificate."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("It is on the certificate next to the QR code: 20 letters and digits."),
        widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """Return the code as the certificate shows it."""
        if SERIAL.fullmatch(self.cleaned_data["code"].strip().upper()):
            raise forms.ValidationError(_("This is the number of the certificate. The code is below it."))
        code = codes.normalised_code(self.cleaned_data["code"])
        if not codes.is_whole_code(code):
            raise forms.ValidationError(_("This code is incomplete: it should have 20 letters and digits."))
        return code


class FileForm(forms.Form):
    """A file that somebody received as a certificate. Only its digest is compared; the file is not stored.

    `rejected_files` are the names of uploads that were too large to be received.
    """

    file = forms.FileField(label=_("The file you were given"), widget=forms.FileInput({"accept": "application/pdf"}))

    def __init__(self, data: FormData = None, files: FormFiles = None, *, rejected_files: Collection[str] = ()) -> None:
        super().__init__(data, files)
        if rejected_files:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is larger than any certificate."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_FILE_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def is_ours(self, certificate: Certificate) -> bool:
        """Whether it is exactly the file that was issued."""
        return hashlib.sha256(self.cleaned_data["file"].read()).hexdigest() == certificate.digest


class RevocationForm(forms.Form):
    """Why a certificate is no longer valid."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The person is told the reason. People who check the certificate only see that it was revoked."),
        widget=forms.Textarea({"rows": 3}),
    )


class CorrectionForm(forms.Form):
    """The correct name for a certificate."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        validators=[validate_person_name],
        help_text=_("As it should appear on the certificate"),
    )
