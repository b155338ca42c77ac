from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.certificates import codes
from trainings.certificates.models import Certificate
from trainings.registrations.names import validate_person_name

MAX_FILE_BYTES = 5 * 1024 * 1024
TOO_LARGE = _("The file is too large. The limit is 5 MB.")


class CodeForm(forms.Form):
    """The code that stands on a certificate."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("It is on the certificate next to the QR code: 20 letters and digits."),
        widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """As we write it, however it was typed."""
        code = codes.normalised_code(self.cleaned_data["code"])
        if not codes.is_whole_code(code):
            raise forms.ValidationError(_("This code is incomplete: it should have 20 letters and digits."))
        return code


class FileForm(forms.Form):
    """A file that somebody was given as a certificate. Its digest is compared; the file is not kept."""

    file = forms.FileField(label=_("The file you were given"), widget=forms.FileInput({"accept": "application/pdf"}))

    def __init__(self, *args: Any, rejected_files: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rejected_files:  # it was so large that it did not arrive
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> Any:
        """Refuse what is larger than any certificate of ours."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def is_ours(self, certificate: Certificate) -> bool:
        """Whether it is the very file that was issued."""
        return hashlib.sha256(self.cleaned_data["file"].read()).hexdigest() == certificate.digest


class RevocationForm(forms.Form):
    """Why a certificate holds no longer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The person is told the reason. People who check the certificate only see that it was revoked."),
        widget=forms.Textarea({"rows": 3}),
    )


class CorrectionForm(forms.Form):
    """The right name."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        validators=[validate_person_name],
        help_text=_("As it should appear on the certificate"),
    )
