"""A form whose texts must not name a child's case by mistake: it asks, and is saved only once somebody has decided.

The page includes `elements/reference_check.html` in the form. "Take it out" saves the text without the reference, "It
is something else" saves it as it is. Nothing else that was typed is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from victor.references import undecided_reference, without_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.datastructures import MultiValueDict

PRESSED, SUSPECTED, ALLOWED = "reference", "suspected", "allowed"
TAKE_OUT, ALLOW = "take_out", "allow"
LOOKS_LIKE = _("“%(text)s” looks like the reference of a report or a case.")


class ReferenceCheck(forms.BaseForm):
    """What looks like a reference in one of `checked_fields` is asked about, one after the other.

    `saved_texts` are those that are saved already: what stands in one of them was decided before.
    """

    checked_fields: ClassVar[tuple[str, ...]] = ()
    saved_texts: Iterable[str] = ()
    suspected = ""  # what is asked about now

    def clean(self) -> dict[str, object] | None:
        """Ask about the first part of a text that looks like a reference and was not decided.

        Raises:
            ValidationError: on the field that has it.
        """
        cleaned = super().clean() or self.cleaned_data
        if self.data.get(PRESSED) == TAKE_OUT:
            self._take_out(str(self.data.get(SUSPECTED, "")))
        for name in self.checked_fields:
            text = str(self.cleaned_data.get(name) or "")
            self.suspected = undecided_reference(text, saved=self.saved_texts, allowed=self.allowed)
            if self.suspected:
                fault = forms.ValidationError(LOOKS_LIKE, code="reference", params={"text": self.suspected})
                self.add_error(name, fault)
                break
        return cleaned

    @property
    def allowed(self) -> list[str]:
        """What somebody has said is something else."""
        read = getattr(self.data, "getlist", lambda name: list(self.data.get(name, ())))
        pressed = [str(self.data[SUSPECTED])] if self.data.get(PRESSED) == ALLOW and self.data.get(SUSPECTED) else []
        return [*read(ALLOWED), *pressed]

    def _take_out(self, reference: str) -> None:
        """Take it out of every text, on the page too."""
        data = cast("MultiValueDict[str, object]", self.data).copy()  # a button was pressed, so a page has sent it
        for name in self.checked_fields if reference else ():
            if isinstance(text := self.cleaned_data.get(name), str) and reference in text:
                self.cleaned_data[name] = data[self.add_prefix(name)] = without_reference(text, reference)
        self.data = data
