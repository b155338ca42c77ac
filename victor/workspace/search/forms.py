"""The question of a search."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_QUESTION = 200  # characters


class SearchForm(forms.Form):
    """What a person looks for. What is too long is cut, not refused."""

    q = forms.CharField(
        label=_("Part of a reference, a name, a number, a text or a seminar"),
        error_messages={"required": _("Type what you are looking for.")},
        widget=forms.TextInput(
            attrs={"type": "search", "maxlength": MAX_QUESTION, "autocapitalize": "off", "aria-keyshortcuts": "/"}
        ),
    )

    def __init__(self, question: str | None) -> None:
        data = None if question is None else {"q": question.replace("\x00", "")[:MAX_QUESTION]}
        super().__init__(data, auto_id="%s")
        if not self.data:
            self.fields["q"].widget.attrs["autofocus"] = True

    @property
    def question(self) -> str:
        """The question, or nothing."""
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
