"""What of somebody's access is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.access_reviews.states import AccessPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from victor.publishing.forms import FormData


class TakeForm(forms.Form):
    """The parts that a person has. None is ticked beforehand."""

    parts = forms.MultipleChoiceField(label=_("What is taken away?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: FormData = None, *, parts: Sequence[AccessPart]) -> None:
        super().__init__(data)
        field = cast("forms.MultipleChoiceField", self.fields["parts"])
        field.choices = [(part.value, part.label) for part in parts]
