from __future__ import annotations

from typing import Any

from django import forms

from trainings.models import SessionMaterial
from victor.uploads import Refused, checked


class MaterialForm(forms.ModelForm):
    """A file for a session."""

    class Meta:
        model = SessionMaterial
        fields = ["session", "name", "language", "file", "public"]
        widgets = {"file": forms.FileInput}

    def __init__(self, *args: Any, seminar: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seminar:
            self.fields["session"].queryset = seminar.sessions.select_related("seminar__country")
            self.fields["session"].empty_label = None
            self.initial = {"language": seminar.language} | self.initial

    def clean_file(self) -> Any:
        """Refuse what the site cannot hand on, with the reason."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            self.instance.format, file = checked(file)
        except Refused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
        self.instance.size = file.size
        return file
