"""Forms of questionnaires. No question has to be answered; unanswered ones are listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.evaluation.models import Item, Questionnaire
from trainings.evaluation.states import ItemKind
from trainings.registrations.states import Stage

if TYPE_CHECKING:
    from django.forms import BoundField

    from victor.publishing.forms import FormData


class QuestionnaireForm(forms.ModelForm):
    """A questionnaire, with a checkbox for each stage at which it is asked."""

    stages = forms.MultipleChoiceField(label=_("when to ask it"), choices=Stage, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Questionnaire
        fields = ["stages"]


MAX_TEXT_LENGTH = 1000


class AnswersForm(forms.Form):
    """The questions in their order, each in the reader's language where it exists in it.

    `saved_answers` are what was saved before, by the slugs of the questions.
    """

    use_required_attribute = False

    def __init__(self, data: FormData = None, *, items: Sequence[Item], saved_answers: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(saved_answers))
        self.items = {item.slug: item for item in items}
        for number, (slug, item) in enumerate(self.items.items(), start=1):
            self.fields[slug] = _answer_field(item, number)

    @property
    def questions(self) -> list[tuple[Item, BoundField]]:
        """Each question with its field."""
        return [(item, self[slug]) for slug, item in self.items.items()]

    @property
    def answers(self) -> dict[str, object]:
        """The answers that were given, by the slugs of the questions."""
        return {slug: answer for slug, answer in self.cleaned_data.items() if answer not in (None, "", [])}

    @property
    def unanswered(self) -> list[tuple[int, BoundField]]:
        """Number and field of each question without an answer, except free text, which is optional."""
        answers = self.answers
        return [
            (number, self[slug])
            for number, (slug, item) in enumerate(self.items.items(), start=1)
            if slug not in answers and item.kind != ItemKind.TEXT
        ]


def _answer_field(item: Item, number: int) -> forms.Field:
    common: dict[str, Any] = {"label": f"{number}. {item.question}", "required": False}
    if item.kind == ItemKind.TEXT:
        return forms.CharField(max_length=MAX_TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3}), **common)
    if item.kind == ItemKind.MULTIPLE:
        ticks = forms.CheckboxSelectMultiple
        return forms.TypedMultipleChoiceField(choices=item.choices, coerce=int, widget=ticks, **common)
    return forms.TypedChoiceField(
        choices=item.choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **common
    )
