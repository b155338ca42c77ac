"""Forms that prepare a mailing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trainings.mailings.message_templates import PLACEHOLDERS, MessageTemplate
from trainings.mailings.models import Mailing
from trainings.mailings.states import MailKind
from trainings.registrations.states import Audience
from trainings.seminars.models import Seminar
from victor.languages import CODES, content_language

if TYPE_CHECKING:
    from django.forms import BoundField

    from victor.publishing.forms import FormData

LANGUAGE_NAMES = dict(settings.CONTENT_LANGUAGES)


class MailingForm(forms.Form):
    """The kind of mailing to prepare. A change of the schedule is drafted automatically, so it is not offered."""

    kind = forms.ChoiceField(
        label=_("Content"), choices=[(kind, kind.label) for kind in MailKind if kind != MailKind.CHANGE]
    )


class WordsForm(forms.Form):
    """A mailing in the author's own words: its audience, and its subject and text in each language.

    Placeholders in braces stand for what differs between recipients. Every language must have the same placeholders,
    so that nobody misses what others read.
    """

    audience = forms.ChoiceField(label=_("Recipients"), choices=Audience.choices, widget=forms.RadioSelect)

    def __init__(self, data: FormData = None, *, seminar: Seminar, mailing: Mailing | None) -> None:
        super().__init__(data)
        self.seminar = seminar
        self.initial["audience"] = mailing.audience if mailing else Audience.CONFIRMED
        texts = {text.language: text for text in mailing.texts.all()} if mailing else {}
        for code in CODES:
            saved = texts.get(code)
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"), max_length=150, initial=saved and saved.subject, required=False
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text"), max_length=5000, initial=saved and saved.text, widget=forms.Textarea, required=False
            )

    def clean(self) -> dict[str, object]:
        """Refuse a language that is missing, is half written, or has other placeholders than the rest."""
        data = super().clean() or self.cleaned_data
        self.templates = {code: template for code in CODES if (template := self._template(code))}
        people = self.seminar.registrations.for_audience(data["audience"]) if "audience" in data else []
        needed = {content_language(registration.language) for registration in people}
        for code in CODES:
            if code in needed and code not in self.templates:
                self.add_error(f"text_{code}", _("Some recipients read this language."))
        if not self.templates and not needed:
            self.add_error("text_en", _("Please write in at least one language."))
        self._check_placeholders()
        return data

    def languages(self) -> list[tuple[str, str, BoundField, BoundField, bool]]:
        """Code, name and fields of each language, and whether a participant reads it or it has errors."""
        people = self.seminar.registrations.open().values_list("language", flat=True)
        languages = {content_language(language) for language in people}
        return [
            (
                code,
                LANGUAGE_NAMES[code],
                self[f"subject_{code}"],
                self[f"text_{code}"],
                code in languages or self._has_errors(code),
            )
            for code in CODES
        ]

    def _has_errors(self, code: str) -> bool:
        return bool(self[f"subject_{code}"].errors or self[f"text_{code}"].errors)

    def _template(self, code: str) -> MessageTemplate | None:
        subject, text = (self.cleaned_data.get(f"{part}_{code}") or "" for part in ("subject", "text"))
        if not subject and not text:
            return None
        if not subject or not text:
            self.add_error(f"{'text' if subject else 'subject'}_{code}", _("An email needs a subject and a text."))
        return MessageTemplate(subject, text)

    def _check_placeholders(self) -> None:
        everywhere = set().union(*(template.placeholders for template in self.templates.values())) & set(PLACEHOLDERS)
        for code, template in self.templates.items():
            if secrets := template.personal_placeholders_in_subject:
                self.add_error(
                    f"subject_{code}", _("Not allowed in a subject line: %(names)s") % _placeholder_names(secrets)
                )
            if unknown := sorted(template.placeholders - set(PLACEHOLDERS)):
                self.add_error(
                    f"text_{code}", _("There is no such placeholder: %(names)s") % _placeholder_names(unknown)
                )
            if template.has_stray_brace:
                self.add_error(f"text_{code}", _("There is a single { or } in the text."))
            if missing := sorted(everywhere - template.placeholders):
                text = _("Missing here, but present in other languages: %(names)s")
                self.add_error(f"text_{code}", text % _placeholder_names(missing))


def _placeholder_names(placeholders: list[str]) -> dict[str, str]:
    return {"names": ", ".join(f"{{{name}}}" for name in placeholders)}
