from __future__ import annotations

from typing import Any

from django import forms

from victor.files.errors import FileRefused
from victor.files.uploads import check_picture


class LogoField(forms.FileField):
    """A picture and nothing else, without what it tells of who made it.

    Django's own field for pictures would open the file with every decoder it has before anybody could refuse it.
    """

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not data:
            return file
        try:
            return check_picture(file)
        except FileRefused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
