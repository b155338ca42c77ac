"""The form field for a logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from victor.files.errors import FileRefused
from victor.files.uploads import check_picture

if TYPE_CHECKING:
    from django.core.files import File
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models.fields.files import FieldFile


class LogoField(forms.FileField):
    """A picture, without its metadata.

    The field of Django would open the file with every decoder of Pillow before it can be refused.
    """

    def clean(self, data: UploadedFile | bool | None, initial: FieldFile | None = None) -> File | bool | None:
        file = super().clean(data, initial)
        if not data:
            return file
        try:
            return check_picture(file)
        except FileRefused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
