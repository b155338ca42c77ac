"""Fields of forms that several apps need."""

from __future__ import annotations

from typing import Any

from django import forms

from victor.languages import local_text


class NamedChoiceField(forms.ModelChoiceField):
    """A choice among things that have a name in each language."""

    def label_from_instance(self, obj: Any) -> str:
        """In the reader's language."""
        return local_text(obj, "name").text
