"""The receipt, typed; and what its holder adds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desks import receipts
from desks.errors import Misread
from desks.forms.intake import LONGEST
from victor.publishing.languages import current

FAULTS = {
    Misread.LENGTH: _("A receipt has nine words, or twenty-one digits. Something is missing or too much."),
    Misread.CHECK: _("This is not quite right: look whether a word or a digit is wrong, or two have changed places."),
}
UNKNOWN = _("“%(word)s” is not one of the words that we use.")
AS_TYPED = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "rows": 3}


class ReceiptField(forms.CharField):
    """A receipt in words or digits, typed as one likes; clean it is a number."""

    widget = forms.Textarea(attrs=AS_TYPED)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=400, **kwargs)

    def clean(self, value: Any) -> int:
        """The number.

        Raises:
            ValidationError: it cannot be one, and why.
        """
        typed: str = super().clean(value)
        try:
            return receipts.read(typed, current())
        except Misread as misread:
            if misread.fault == Misread.UNKNOWN:
                raise forms.ValidationError(UNKNOWN, params={"word": misread.word}) from misread
            raise forms.ValidationError(FAULTS[misread.fault]) from misread


class ReceiptForm(forms.Form):
    """The way back to one's report."""

    use_required_attribute = False
    receipt = ReceiptField(
        label=_("Your receipt"), help_text=_("Nine words in their order, or twenty-one digits. Capitals do not matter.")
    )


class RetypeForm(forms.Form):
    """What was written down, compared with the receipt that the page holds."""

    use_required_attribute = False
    shown = forms.CharField(max_length=40, widget=forms.HiddenInput)
    typed = ReceiptField(label=_("Type it once more from your note"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "typed" in data and "".join(receipts.digits(data["typed"])) != data.get("shown"):
            self.add_error("typed", _("This is another receipt. Please compare your note with the words above."))
        return data


class WordsForm(forms.Form):
    """More words for the desk; none are needed beside a file."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Write to the desk"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write something here, if only a few words.")},
    )

    def __init__(self, *args: Any, with_files: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = not with_files


class NoticeForm(forms.Form):
    """An address that is told when there is an answer."""

    use_required_attribute = False
    notice = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class DeletionForm(forms.Form):
    """That one means it."""

    use_required_attribute = False
    sure = forms.BooleanField(label=_("Yes, I ask the desk to delete my report"))
