"""The forms of notifications."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import StepForm, line_field, text_field
from desks.cases.models import today
from desks.notifications.authorities import name_in
from desks.notifications.models import Notification
from desks.notifications.states import AuthorityKind, Channel
from victor.forms.fields import DateField
from victor.publishing.forms import LanguageSelect


class AuthorityForm(StepForm):
    """An authority that is on no list."""

    kind = forms.ChoiceField(label=_("Responsible for"), choices=AuthorityKind.choices)
    name = line_field(_("Name of the authority"), required=True)


class SentForm(StepForm):
    """When, how and by which number an authority was told."""

    sent_on = DateField(label=_("Sent on"))
    how = forms.ChoiceField(label=_("Way"), choices=Channel.choices)
    number = line_field(_("Number given by the authority"))
    text = text_field(_("To whom, and what was said"), required=False)
    receipt = forms.BooleanField(label=_("Receipt confirmed"), required=False)

    def prepare(self) -> None:
        """Today is the likeliest day."""
        self.fields["sent_on"].initial = today()


class ReceiptForm(StepForm):
    """What an authority has answered."""

    number = line_field(_("Number given by the authority"))
    text = text_field(_("Who confirmed it, and when"), required=False)


class LetterForm(StepForm):
    """What goes into a letter. Nothing is ticked beforehand."""

    language = forms.ChoiceField(label=_("Letter in"), widget=LanguageSelect)
    authority = line_field(_("Name of the authority"), required=True)
    identity = forms.BooleanField(label=_("Name, birth, documents"), required=False)
    contact = forms.BooleanField(label=_("Safe contact"), required=False)
    signs = text_field(
        _("Signs that were seen"), required=False, help_text=_("Not translated. Write in the authority's language.")
    )
    suspicion = text_field(
        _("Suspicion"),
        required=False,
        help_text=_("For the police alone. It is kept nowhere: not in the case, not in a list."),
    )

    def fit(self, notification: Notification, languages: list[tuple[str, str]]) -> None:
        """Offer the languages of the site, that of the authority first; leave the police's part to the police."""
        cast("forms.ChoiceField", self.fields["language"]).choices = languages
        if notification.authority is not None:
            self.fields["authority"].initial = name_in(notification.authority, [code for code, _name in languages])
        if notification.kind != AuthorityKind.POLICE:
            del self.fields["suspicion"]
