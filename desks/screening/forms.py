from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.screening.answers import KINDS, ScreeningContent
from desks.screening.screening_signs import SIGNS, Sign, signs_by_group
from desks.screening.states import Act, Answer, KnowledgeSource, Means, Purpose, SignGroup
from desks.screening.triage import LEVELS, words_of_level
from victor.forms.fields import DateField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from victor.publishing.forms import FormData, FormFiles

MAX_NOTE = 2000
PAPER_FIELDS = ("function", "on_day", "sheet")  # asked only of a screening from paper
ELEMENT_LABELS = {"act": _("Act"), "means": _("Means"), "purpose": _("Purpose")}
ELEMENT_KINDS = {"act": Act.choices, "means": Means.choices, "purpose": Purpose.choices}
OTHERWISE = [choice for choice in Answer.choices if choice[0] != Answer.YES]


class ScreeningForm(forms.Form):
    """All that a screening asks, on one page. Nothing is required: whatever was not asked says so."""

    in_danger = forms.BooleanField(label=_("The child is in danger now"), required=False)
    own_level = forms.ChoiceField(label=_("Your own view"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Say why you lower it."),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    function = forms.CharField(
        label=_("Function and organisation of whoever filled in the sheet"), max_length=200, required=False
    )
    on_day = DateField(label=_("Date on the sheet"), required=False)
    sheet = forms.FileField(
        label=_("Photo or PDF of the sheet"),
        required=False,
        help_text=_("A copy without hidden data is kept, up to 20 MB. It comes in the place of an earlier one."),
    )

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        content: ScreeningContent,
        emergency_number: str,
        is_paper: bool,
    ) -> None:
        super().__init__(data, files, initial=_initial(content))
        for sign in SIGNS:
            self._add_sign(sign)
        for name, choices in ELEMENT_KINDS.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=ELEMENT_LABELS[name], choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
            self.fields[f"{name}_else"] = forms.ChoiceField(
                label=_("If none is ticked"), choices=OTHERWISE, required=False, widget=forms.RadioSelect
            )
        levels = [(level.value, words_of_level(level, emergency_number=emergency_number)) for level in LEVELS]
        self.fields["own_level"].choices = [("", _("As above")), *levels]  # type: ignore[attr-defined]
        if not is_paper:
            for name in PAPER_FIELDS:
                del self.fields[name]

    def _add_sign(self, sign: Sign) -> None:
        self.fields[f"sign_{sign.code}"] = forms.ChoiceField(
            label=str(sign.words), choices=Answer.choices, required=False, widget=forms.RadioSelect
        )
        self.fields[f"note_{sign.code}"] = forms.CharField(
            label=_("Note"), max_length=MAX_NOTE, required=False, widget=forms.Textarea({"rows": 2})
        )
        self.fields[f"from_{sign.code}"] = forms.MultipleChoiceField(
            label=_("Known from"),
            choices=KnowledgeSource.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def groups(self) -> list[tuple[SignGroup, list[tuple[Sign, forms.BoundField, forms.BoundField, forms.BoundField]]]]:
        """The signs by group, each with its answer, note and sources."""
        return [(group, [self._rows_of(sign) for sign in signs]) for group, signs in signs_by_group()]

    def _rows_of(self, sign: Sign) -> tuple[Sign, forms.BoundField, forms.BoundField, forms.BoundField]:
        return sign, self[f"sign_{sign.code}"], self[f"note_{sign.code}"], self[f"from_{sign.code}"]

    @property
    def codes(self) -> list[str]:
        """The codes of all signs."""
        return [sign.code for sign in SIGNS]

    @property
    def elements(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Act, means and purpose, each with what holds where nothing is ticked."""
        return ((self[name], self[f"{name}_else"]) for name in KINDS)

    @property
    def content(self) -> ScreeningContent:
        """What was answered."""
        data = self.cleaned_data
        day = data.get("on_day")
        return ScreeningContent(
            answers={sign.code: data[f"sign_{sign.code}"] or Answer.NOT_ASKED.value for sign in SIGNS},
            notes={sign.code: note for sign in SIGNS if (note := data[f"note_{sign.code}"])},
            sources={sign.code: known for sign in SIGNS if (known := data[f"from_{sign.code}"])},
            elements={name: self._element(name) for name in KINDS},
            in_danger=data["in_danger"],
            own_level=data["own_level"],
            reason=data["reason"],
            function=data.get("function", ""),
            on_day=day.isoformat() if day else "",
        )

    def _element(self, name: str) -> dict[str, str]:
        ticked, otherwise = self.cleaned_data[name], self.cleaned_data[f"{name}_else"] or Answer.NOT_ASKED.value
        return {kind: Answer.YES.value if kind in ticked else otherwise for kind in KINDS[name].values}


def _initial(content: ScreeningContent) -> dict[str, object]:
    """The form as it was saved."""
    initial: dict[str, Any] = {
        "in_danger": content.in_danger,
        "own_level": content.own_level,
        "reason": content.reason,
        "function": content.function,
        "on_day": content.on_day,
    }
    for sign in SIGNS:
        initial[f"sign_{sign.code}"] = content.answers.get(sign.code, Answer.NOT_ASKED)
        initial[f"note_{sign.code}"] = content.notes.get(sign.code, "")
        initial[f"from_{sign.code}"] = content.sources.get(sign.code, [])
    for name in KINDS:
        kinds = content.elements.get(name, {})
        initial[name] = [kind for kind, answer in kinds.items() if answer == Answer.YES]
        others = [answer for answer in kinds.values() if answer != Answer.YES]
        initial[f"{name}_else"] = others[0] if others else Answer.NOT_ASKED
    return initial
