"""The form with which a colleague writes down what somebody says, by telephone or at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.intake.forms import ContactForm, WhatForm, WhoForm
from desks.reports.states import CALLER_CHOICES, Channel

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, FormOptions


class BehalfForm(WhoForm, WhatForm, ContactForm):
    """All questions at once, for a colleague who writes down what somebody says."""

    way = forms.ChoiceField(
        label=_("How did they get in touch?"),
        choices=[(channel, channel.label) for channel in (Channel.TELEPHONE, Channel.VISIT)],
    )
    field_order = ("way", "danger", "reporter", "story", "place", "when", "children", "ages", "link", "contact")

    # The public form asks whoever writes; here a colleague asks about somebody else.
    words_about_them = {
        "reporter": _("Who is calling or visiting?"),
        "story": _("What have they seen or heard?"),
        "contact": _("May we contact them?"),
        "how": _("Phone, email or another way to reach them"),
        "safe": _("When is it safe to contact them? Could someone else answer or read their messages?"),
        "name": _("A name they may be called (it does not have to be their real name)"),
        "speaks": _("Which language do they speak?"),
        "notice": _("Their email address, only to tell them that there is a reply"),
    }

    def __init__(self, data: FormData = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        for name, label in self.words_about_them.items():
            self.fields[name].label = label
        cast("forms.ChoiceField", self.fields["reporter"]).choices = CALLER_CHOICES
        cast("forms.ChoiceField", self.fields["contact"]).choices = [
            ("no", _("No, they will come back to this site for the reply")),
            ("yes", _("Yes, this way:")),
        ]
