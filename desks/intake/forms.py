"""The questions of the report form, and what the holder of a receipt may send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.intake import receipts
from desks.intake.receipts import MisreadReceipt
from desks.reports.states import AgeGroup, ChildCount, ReporterKind
from victor.forms.fields import AddressField
from victor.languages import current_language
from victor.publishing.forms import LanguageSelect

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from victor.publishing.forms import FormData, FormOptions

MISREAD_MESSAGES = {
    MisreadReceipt.LENGTH: _("A receipt code has nine words or twenty-one digits. Yours has too few or too many."),
    MisreadReceipt.CHECK: _("This does not match. Check for a wrong word or digit, or two that are swapped."),
}
UNKNOWN_WORD = _("“%(word)s” is not one of the words we use in receipt codes.")
DIFFERENT_CODE = _("This is a different code. Please compare your note with the words above.")
DIFFERENT_CODE_FOR_CHILD = pgettext_lazy(
    "to a child", "This is a different code. Please compare your note with the words above."
)
UNREACHABLE = _("Please tell us how we can reach you, or choose “No” above.")
UNREACHABLE_CHILD = pgettext_lazy("to a child", "Please tell us how we can reach you, or choose “No” above.")
ODD_ADDRESS_FOR_CHILD = pgettext_lazy("to a child", "This email address does not look right.")
ODD_ADDRESS_ERRORS = {"invalid": ODD_ADDRESS_FOR_CHILD, "invisible": ODD_ADDRESS_FOR_CHILD}
TOO_LONG_FOR_CHILD = pgettext_lazy("to a child", "This is too long. Please make it shorter.")
WORDS_MISSING_FOR_CHILD = pgettext_lazy("to a child", "Please write something, even if it is only a few words.")
RECEIPT_ATTRIBUTES = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "rows": 3}


class WordedForm(forms.Form):
    """A form that speaks to a child in other words.

    `words_for_children` holds them by field: its `label`, its `help_text`, and its errors by their codes.
    """

    use_required_attribute = False
    words_for_children: dict[str, dict[str, str | _StrPromise]] = {}

    def __init__(self, data: FormData = None, *, for_child: bool = False, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        self.for_child = for_child
        for field in self.fields.values() if for_child else ():
            field.error_messages["max_length"] = TOO_LONG_FOR_CHILD
        for name, words in self.words_for_children.items() if for_child else ():
            field = self.fields[name]
            field.label = words.get("label", field.label)
            field.help_text = words.get("help_text", field.help_text)
            field.error_messages |= {code: words[code] for code in words.keys() - {"label", "help_text"}}


class ReceiptField(forms.CharField):
    """A receipt in words or digits, typed as one likes; clean it is a number."""

    widget = forms.Textarea(attrs=RECEIPT_ATTRIBUTES)

    def __init__(self, *, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        super().__init__(max_length=400, label=label, help_text=help_text)

    def clean(self, value: object) -> int:
        """The number.

        Raises:
            ValidationError: it cannot be one, and why.
        """
        typed: str = super().clean(value)
        try:
            return receipts.parse_receipt(typed, current_language())
        except MisreadReceipt as misread:
            if misread.reason == MisreadReceipt.UNKNOWN:
                raise forms.ValidationError(UNKNOWN_WORD, params={"word": misread.word}) from misread
            raise forms.ValidationError(MISREAD_MESSAGES[misread.reason]) from misread


class ReceiptForm(forms.Form):
    """The way back to one's report."""

    use_required_attribute = False
    receipt = ReceiptField(
        label=_("Your receipt code"),
        help_text=_("Nine words in the right order, or twenty-one digits. Capital letters do not matter."),
    )


class RetypeForm(WordedForm):
    """What was written down, compared with the receipt that the page holds."""

    words_for_children = {"typed": {"label": pgettext_lazy("to a child", "Type it again from your note")}}

    shown = forms.CharField(max_length=40, widget=forms.HiddenInput)
    typed = ReceiptField(label=_("Type it again from your note"))

    def clean(self) -> dict[str, object]:
        data: dict[str, Any] = super().clean() or {}
        if "typed" in data and "".join(receipts.receipt_digits(data["typed"])) != data.get("shown"):
            self.add_error("typed", DIFFERENT_CODE_FOR_CHILD if self.for_child else DIFFERENT_CODE)
        return data


MAX_LENGTH = 10_000  # characters


class WordsForm(WordedForm):
    """More words for the desk; none are needed beside a file."""

    words_for_children = {
        "text": {
            "label": pgettext_lazy("to a child", "Write to us"),
            "required": WORDS_MISSING_FOR_CHILD,
        }
    }

    text = forms.CharField(
        label=_("Write to the desk"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write something, even if it is only a few words.")},
    )

    def __init__(
        self,
        data: FormData = None,
        *,
        with_files: bool = False,
        for_child: bool = False,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, for_child=for_child, **options)
        self.fields["text"].required = not with_files


class NoticeForm(WordedForm):
    """An address to which a mail goes when there is an answer."""

    words_for_children = {"notice": {"label": pgettext_lazy("to a child", "Your email address"), **ODD_ADDRESS_ERRORS}}

    notice = AddressField(label=_("Your email address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class DeletionForm(WordedForm):
    """The confirmation of a request for deletion."""

    words_for_children = {"sure": {"label": pgettext_lazy("to a child", "Yes, I ask the desk to delete my message")}}

    sure = forms.BooleanField(label=_("Yes, I ask the desk to delete my report"))


class WhoForm(WordedForm):
    """Who writes, and whether anybody is in danger."""

    danger = forms.ChoiceField(
        label=_("Is someone in danger now?"),
        choices=[("yes", _("Yes, now")), ("no", _("No, not at this moment"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose yes or no. If you are not sure, choose “Yes”.")},
    )
    reporter = forms.ChoiceField(
        label=_("Who are you?"),
        choices=ReporterKind,
        widget=forms.RadioSelect,
        required=False,
        initial=ReporterKind.UNSAID,
    )


class WhatForm(WordedForm):
    """What somebody has seen or knows."""

    words_for_children = {
        "story": {
            "label": pgettext_lazy("to a child", "What is happening?"),
            "help_text": pgettext_lazy(
                "to a child",
                "Write in any language, as short as you like. You do not have to be sure or give any names.",
            ),
            "required": WORDS_MISSING_FOR_CHILD,
        },
        "place": {
            "label": pgettext_lazy("to a child", "Where are you, or where is it happening?"),
        },
        "children": {"label": pgettext_lazy("to a child", "How many children are affected?")},
        "ages": {"label": pgettext_lazy("to a child", "How old are you and the others, roughly?")},
        "when": {
            "label": pgettext_lazy("to a child", "How long has this been going on?"),
        },
    }

    story = forms.CharField(
        label=_("What have you seen or heard?"),
        help_text=_("In any language, as short as you like. You do not have to be sure or give any names."),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Please write something, even if it is only a few words.")},
    )
    place = forms.CharField(
        label=_("Where is it happening?"),
        help_text=_("For example a town, a street or a building"),
        max_length=300,
        required=False,
    )
    when = forms.CharField(label=_("When did it happen?"), max_length=200, required=False)
    children = forms.ChoiceField(label=_("How many children are involved?"), choices=ChildCount, required=False)
    ages = forms.MultipleChoiceField(
        label=_("How old are they, roughly?"), choices=AgeGroup, widget=forms.CheckboxSelectMultiple, required=False
    )
    link = forms.CharField(
        label=_("Link to a page or profile"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
    )


class ContactForm(WordedForm):
    """Whether and how the desk may reach whoever wrote."""

    demanded = ("how",)  # of whoever wants to be contacted, so it is not called optional

    words_for_children = {
        "contact": {
            "label": pgettext_lazy("to a child", "May we contact you?"),
            "required": pgettext_lazy(
                "to a child", "Please choose one. If you choose “No”, nobody will call or write to you."
            ),
        },
        "how": {"label": pgettext_lazy("to a child", "How can we reach you?")},
        "safe": {
            "label": pgettext_lazy(
                "to a child", "When is a safe time? Could someone else answer or read your messages?"
            ),
        },
        "name": {
            "label": pgettext_lazy("to a child", "A name we can call you (it does not have to be your real name)"),
        },
        "notice": {
            "label": pgettext_lazy("to a child", "Email address, only so that we can tell you there is a reply"),
            "help_text": pgettext_lazy(
                "to a child",
                "The email says only “There is a new message for you”. "
                "Leave this empty if someone else reads your email.",
            ),
            **ODD_ADDRESS_ERRORS,
        },
    }

    contact = forms.ChoiceField(
        label=_("May we contact you?"),
        choices=[("no", _("No, I will come back here for the reply")), ("yes", _("Yes, please contact me"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one. If you choose “No”, nobody will call or write to you.")},
    )
    how = forms.CharField(
        label=_("Phone, email or another way to reach you"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    safe = forms.CharField(
        label=_("When is it safe to contact you? Could someone else answer or read your messages?"),
        max_length=300,
        required=False,
    )
    name = forms.CharField(
        label=_("A name we can call you (it does not have to be your real name)"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    speaks = forms.ChoiceField(
        label=_("Which language should we use?"),
        choices=settings.CONTENT_LANGUAGES,
        initial=current_language,
        required=False,
        widget=LanguageSelect,
    )
    notice = AddressField(
        label=_("Email address, only so that we can tell you there is a reply"),
        help_text=_(
            "The email says only “There is a new message for you”. Leave this empty if someone else reads your email."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, object]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("contact") == "yes" and not data.get("how"):
            self.add_error("how", UNREACHABLE_CHILD if self.for_child else UNREACHABLE)
        return data
