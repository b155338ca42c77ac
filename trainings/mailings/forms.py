from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trainings.mailings.message_templates import PLACEHOLDERS, MessageTemplate
from trainings.mailings.models import Mailing
from trainings.mailings.states import MailKind
from trainings.registrations.states import Audience
from trainings.seminars.models import Seminar
from victor.languages import CODES

LANGUAGE_NAMES = dict(settings.LANGUAGES)


class MailingForm(forms.Form):
    """Which mail is prepared; those in own words have a page of their own, and changes come from the plan."""

    kind = forms.ChoiceField(
        label=_("Content"), choices=[(each, each.label) for each in MailKind if each != MailKind.CHANGE]
    )


class WordsForm(forms.Form):
    """A mail in own words: to whom, and what it says in each language that these read.

    What stands in braces differs from one to the other. Every language has the same of these, or some would miss
    what others are told.
    """

    audience = forms.ChoiceField(label=_("Recipients"), choices=Audience.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, seminar: Seminar, mailing: Mailing | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seminar = seminar
        self.initial["audience"] = mailing.audience if mailing else Audience.CONFIRMED
        written = {each.language: each for each in mailing.texts.all()} if mailing else {}
        for code in CODES:
            known = written.get(code)
            given = {"required": False, "strip": True}
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"), max_length=150, initial=known and known.subject, **given
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text"), max_length=5000, initial=known and known.text, widget=forms.Textarea, **given
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a language that is lacking, half written, or tells other things than the rest."""
        data = super().clean() or self.cleaned_data
        self.words = {code: wording for code in CODES if (wording := self._wording(code))}
        people = self.seminar.registrations.for_audience(data["audience"]) if "audience" in data else []
        needed = {each.language for each in people}
        for code in CODES:
            if code in needed and code not in self.words:
                self.add_error(f"text_{code}", _("Some recipients read this language."))
        if not self.words and not needed:
            self.add_error("text_en", _("Please write in at least one language."))
        self._check_placeholders()
        return data

    def languages(self) -> list[tuple[str, str, Any, Any, bool]]:
        """The fields of each language, and whether somebody of this seminar reads it."""
        read = set(self.seminar.registrations.open().values_list("language", flat=True))
        return [
            (
                code,
                LANGUAGE_NAMES[code],
                self[f"subject_{code}"],
                self[f"text_{code}"],
                code in read or self._has_errors(code),
            )
            for code in CODES
        ]

    def _has_errors(self, code: str) -> bool:
        return bool(self[f"subject_{code}"].errors or self[f"text_{code}"].errors)

    def _wording(self, code: str) -> MessageTemplate | None:
        subject, text = (self.cleaned_data.get(f"{part}_{code}") or "" for part in ("subject", "text"))
        if not subject and not text:
            return None
        if not subject or not text:
            self.add_error(f"{'text' if subject else 'subject'}_{code}", _("An email needs a subject and a text."))
        return MessageTemplate(subject, text)

    def _check_placeholders(self) -> None:
        everywhere = set().union(*(each.placeholders for each in self.words.values())) & set(PLACEHOLDERS)
        for code, each in self.words.items():
            if secrets := each.personal_placeholders_in_subject:
                self.add_error(
                    f"subject_{code}", _("Not allowed in a subject line: %(names)s") % _placeholder_names(secrets)
                )
            if unknown := sorted(each.placeholders - set(PLACEHOLDERS)):
                self.add_error(
                    f"text_{code}", _("There is no such placeholder: %(names)s") % _placeholder_names(unknown)
                )
            if each.has_stray_brace:
                self.add_error(f"text_{code}", _("There is a single { or } in the text."))
            if missing := sorted(everywhere - each.placeholders):
                said = _("Missing here, but present in other languages: %(names)s")
                self.add_error(f"text_{code}", said % _placeholder_names(missing))


def _placeholder_names(placeholders: list[str]) -> dict[str, str]:
    return {"names": ", ".join(f"{{{name}}}" for name in placeholders)}
