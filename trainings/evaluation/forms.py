"""A questionnaire as a form: nothing has to be answered, what lacks is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.evaluation.models import Item, Questionnaire
from trainings.evaluation.states import ItemKind
from trainings.registrations.states import Stage


class QuestionnaireForm(forms.ModelForm):
    """A questionnaire, with the moments at which it is asked to be ticked."""

    stages = forms.MultipleChoiceField(label=_("when to ask it"), choices=Stage, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Questionnaire
        fields = ["stages"]


MAX_TEXT_LENGTH = 1000


class AnswersForm(forms.Form):
    """The questions in their order, each in the reader's language where it has one."""

    use_required_attribute = False

    def __init__(self, *args: Any, items: Sequence[Item], given: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=dict(given), **kwargs)
        self.items = {item.slug: item for item in items}
        for number, (slug, item) in enumerate(self.items.items(), start=1):
            self.fields[slug] = _answer_field(item, number)

    @property
    def questions(self) -> list[tuple[Item, Any]]:
        """Each with its field."""
        return [(item, self[slug]) for slug, item in self.items.items()]

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by the names of the questions."""
        return {slug: answer for slug, answer in self.cleaned_data.items() if answer not in (None, "", [])}

    @property
    def lacking(self) -> list[tuple[int, Any]]:
        """Number and field of what has no answer. Words of one's own are never missed."""
        answered = self.answers
        return [
            (number, self[slug])
            for number, (slug, item) in enumerate(self.items.items(), start=1)
            if slug not in answered and item.kind != ItemKind.TEXT
        ]


def _answer_field(item: Item, number: int) -> forms.Field:
    given: dict[str, Any] = {"label": f"{number}. {item.question}", "required": False}
    if item.kind == ItemKind.TEXT:
        return forms.CharField(max_length=MAX_TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3}), **given)
    if item.kind == ItemKind.MULTIPLE:
        ticks = forms.CheckboxSelectMultiple
        return forms.TypedMultipleChoiceField(choices=item.choices, coerce=int, widget=ticks, **given)
    return forms.TypedChoiceField(choices=item.choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **given)
