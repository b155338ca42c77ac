"""Form fields that several apps need."""

from __future__ import annotations

from django import forms
from django.db.models import Model

from victor.languages import local_text
from victor.publishing.models import Publishable


class NamedChoiceField(forms.ModelChoiceField):
    """A choice among objects that have a name in each language."""

    def label_from_instance(self, obj: Model) -> str:
        """The name in the reader's language."""
        return local_text(obj, "name").text


class TitledChoiceField(forms.ModelChoiceField):
    """A choice among objects that have a title in each language."""

    def label_from_instance(self, obj: Publishable) -> str:
        """The title in the reader's language, or the slug where there is none."""
        return local_text(obj, "title").text or obj.slug
