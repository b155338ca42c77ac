"""The form field for a logo."""

from __future__ import annotations

from typing import Any

from django import forms

from victor.files.errors import FileRefused
from victor.files.uploads import check_picture


class LogoField(forms.FileField):
    """A picture, without its metadata.

    The field of Django would open the file with every decoder of Pillow before it can be refused.
    """

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not data:
            return file
        try:
            return check_picture(file)
        except FileRefused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
