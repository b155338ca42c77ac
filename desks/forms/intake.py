"""The questions to somebody who is worried: few, and only those that help to protect a child."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.states import Ages, Channel, HowMany, Reporter
from victor.publishing.languages import current

LONGEST = 10_000  # characters


class Questions(forms.Form):
    """Some of the questions. A child is asked some of them in other words (`to_a_child`)."""

    use_required_attribute = False
    to_a_child: dict[str, Any] = {}

    def __init__(self, *args: Any, child: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.to_a_child.items() if child else ():
            self.fields[name].label = words


class WhoForm(Questions):
    """Who writes, and whether anybody is in danger."""

    danger = forms.ChoiceField(
        label=_("Is someone in danger now?"),
        choices=[("yes", _("Yes, now")), ("no", _("No, not at this moment"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose yes or no. If you are not sure, choose yes.")},
    )
    reporter = forms.ChoiceField(
        label=_("Who are you?"), choices=Reporter, widget=forms.RadioSelect, required=False, initial=Reporter.UNSAID
    )


class WhatForm(Questions):
    """What somebody has seen or knows."""

    to_a_child = {
        "story": pgettext_lazy("to a child", "What is happening?"),
        "place": pgettext_lazy("to a child", "Where are you, or where does it happen?"),
        "children": pgettext_lazy("to a child", "How many children is it about?"),
        "when": pgettext_lazy("to a child", "Since when?"),
    }

    story = forms.CharField(
        label=_("What have you seen, or what do you know?"),
        help_text=_("In any language, as short as you like. You need not be sure, and you need not give names."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Please write something here, if only a few words.")},
    )
    place = forms.CharField(
        label=_("Where?"), help_text=_("Town, street, a place that one can find."), max_length=300, required=False
    )
    when = forms.CharField(label=_("When?"), max_length=200, required=False)
    children = forms.ChoiceField(label=_("How many children?"), choices=HowMany, required=False)
    ages = forms.MultipleChoiceField(
        label=_("How old, about?"), choices=Ages, widget=forms.CheckboxSelectMultiple, required=False
    )
    link = forms.CharField(
        label=_("An address on the internet"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
    )


class ContactForm(Questions):
    """Whether and how the desk may reach whoever wrote."""

    to_a_child = {
        "contact": pgettext_lazy("to a child", "May we get in touch with you?"),
        "how": pgettext_lazy("to a child", "How can we reach you?"),
        "safe": pgettext_lazy("to a child", "When is it safe for you? Who else might answer or read along?"),
    }

    contact = forms.ChoiceField(
        label=_("May we contact you?"),
        choices=[("no", _("No. I will come back here for the answer")), ("yes", _("Yes, like this:"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose. With “No” nobody will call or write to you.")},
    )
    how = forms.CharField(
        label=_("Telephone, e-mail or another way"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    safe = forms.CharField(
        label=_("When is it safe? Who else might answer or read along?"), max_length=300, required=False
    )
    name = forms.CharField(
        label=_("A name, if you like. It need not be yours"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    speaks = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES, required=False)
    notice = forms.EmailField(
        label=_("E-mail, only to be told that there is an answer"),
        help_text=_(
            "It will say “There is something new for you”, and nothing else. "
            "Leave it empty if anybody else reads your e-mail."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaks"].initial = current()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("contact") == "yes" and not data.get("how"):
            self.add_error("how", _("Please write how we can reach you, or choose “No” above."))
        return data


class BehalfForm(WhoForm, WhatForm, ContactForm):
    """All questions at once, for a colleague who writes down what somebody says."""

    way = forms.ChoiceField(
        label=_("How did they come?"), choices=[(each, each.label) for each in (Channel.TELEPHONE, Channel.VISIT)]
    )
    field_order = ("way", "danger", "reporter", "story", "place", "when", "children", "ages", "link", "contact")


def told(*answers: dict[str, Any]) -> dict[str, Any]:
    """Everything that somebody said, as it goes into the vault; what they left empty is not there."""
    whole = {name: each for some in answers for name, each in some.items() if each not in ("", [], None)}
    for apart in ("notice", "way"):
        whole.pop(apart, None)
    return whole | {"danger": whole.get("danger") == "yes"}
