from __future__ import annotations

from typing import Any

from django import forms

from campaigns.materials.models import MaterialFile
from victor.files.errors import FileRefused
from victor.files.uploads import check_upload


class MaterialFileForm(forms.ModelForm):
    """A material's file in one language; another file is another version."""

    class Meta:
        model = MaterialFile
        fields = ["language", "file", "alternative", "licence", "consent_until"]

    def clean_file(self) -> Any:
        """Refuse what the site cannot hand on, with the reason."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            self.instance.format, file = check_upload(file)
        except FileRefused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
        self.instance.size, self.instance.version = file.size, self.instance.version + 1
        return file
