"""The form of a material's file in the admin."""

from __future__ import annotations

from django import forms
from django.core.files import File

from campaigns.materials.models import MaterialFile
from victor.files.errors import FileRefused
from victor.files.uploads import check_upload


class MaterialFileForm(forms.ModelForm):
    """A material's file in one language. Another file is a new version."""

    class Meta:
        model = MaterialFile
        fields = ["language", "file", "alternative", "licence", "consent_until"]

    def clean_file(self) -> File | None:
        """Refuse a file of a type that the site does not publish, with the reason."""
        file: File | None = self.cleaned_data["file"]
        if file is None or "file" not in self.changed_data:
            return file
        try:
            self.instance.format, file = check_upload(file)
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.fault.label) from refusal
        self.instance.size, self.instance.version = file.size, self.instance.version + 1
        return file
