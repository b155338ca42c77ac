from __future__ import annotations

from typing import Any

from django import forms

from victor.uploads import Refused, checked_picture


class LogoField(forms.FileField):
    """A picture and nothing else, without what it tells of who made it.

    Django's own field for pictures would open the file with every decoder it has before anybody could refuse it.
    """

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not data:
            return file
        try:
            return checked_picture(file)
        except Refused as refused:
            raise forms.ValidationError(refused.fault.label) from refused
