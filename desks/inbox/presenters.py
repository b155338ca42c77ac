"""What the inbox and the page of a report show.

A page reads everything from the vault with the reader's open key when it is made, and lives no longer than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from desks.desk.querysets import colleagues
from desks.desk.rules import leads
from desks.inbox.attached_files import AttachedFile, attached_files
from desks.inbox.forms import AssignForm, ComposerForm, ConcludeForm, MergeForm, ReasonForm, TranslationForm, TriageForm
from desks.inbox.models import CannedAnswer, OriginalAccess
from desks.inbox.originals import deciders_of
from desks.reports.deadlines import open_deadlines
from desks.reports.envelopes import messages_of, note_of
from desks.reports.states import (
    MOVES,
    AgeGroup,
    ChildCount,
    EnvelopePurpose,
    ReporterKind,
    ReportMove,
    Risk,
    Voice,
)
from partners.memberships.errors import name_deciders
from partners.memberships.states import Role
from victor.formatting import short_day
from victor.languages import column, current_language
from victor.vault.keys.keyring import verify_stamp
from victor.vault.records.actions import read_all
from victor.vault.records.models import Envelope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from desks.inbox.models import Translation
    from desks.reports.deadlines import OpenDeadline
    from desks.reports.models import Message, Report
    from victor.accounts.models import User
    from victor.forms.side_by_side import SideForm
    from victor.vault.keys.keyring import UnlockedVault

# What the first form asks, in the order in which a colleague reads the answers.
QUESTIONS = {
    "danger": gettext_lazy("Danger now"),
    "story": gettext_lazy("What they told us"),
    "place": gettext_lazy("Location"),
    "when": gettext_lazy("Date and time"),
    "children": gettext_lazy("Number of children"),
    "ages": gettext_lazy("Ages"),
    "reporter": gettext_lazy("Who is reporting"),
    "link": gettext_lazy("Link"),
    "how": gettext_lazy("How to reach them"),
    "safe": gettext_lazy("When it is safe, and who else might answer or read messages"),
    "name": gettext_lazy("Name they gave"),
    "speaks": gettext_lazy("Language"),
}
ANSWER_CHOICES = {"reporter": ReporterKind, "children": ChildCount, "ages": AgeGroup}


OFFERED_MOVES = {
    ReportMove.TRIAGE,
    ReportMove.REFER,
    ReportMove.INFORM,
    ReportMove.CLOSE_AS_UNFOUNDED,
    ReportMove.MERGE,
    ReportMove.CLOSE,
    ReportMove.REOPEN,
}


@dataclass(frozen=True)
class TranslatedText:
    """A translation, in which language and by whom."""

    language: str
    text: str
    author: str


@dataclass
class ReportText:
    """A message, and what stands beside it. `own` is an answer in the language of the colleague who wrote it."""

    envelope: Envelope
    text: str
    message: Message
    translation: TranslationForm
    own: str = ""
    translations: tuple[TranslatedText, ...] = ()
    files: tuple[AttachedFile, ...] = ()


class OriginalRequest:
    """A request for an original: its reason, whether the reader can agree, and if not, who can."""

    def __init__(self, access: OriginalAccess, reason: str, reader: User) -> None:
        self.access, self.reason = access, reason
        deciders = deciders_of(access) if access.granted_at is None else []
        self.can_approve = reader in deciders
        self.deciders = "" if access.granted_at or self.can_approve else name_deciders(deciders)


class ReportPage:
    """What the page of a report shows. All of it is loaded and decrypted here, before a template renders.

    Raises:
        NoGrant: the key of whoever reads does not open the report.
        Unopenable: something was altered.
    """

    def __init__(self, report: Report, vault: UnlockedVault) -> None:
        now = timezone.now()
        messages = list(verify_stamp(report).messages.select_related("envelope__key", "author"))
        files = attached_files(report, by=vault)
        translations = list(report.translations.select_related("envelope__key", "author"))
        accesses = OriginalAccess.objects.filter(attachment__message__report=report, used_at=None)
        related = ("reason__key", "asked_by", "granted_by", "attachment__message__report__desk__organisation")
        requests = list(accesses.select_related(*related))
        expected = messages_of(report, messages)
        self.first_envelope = first = _first_envelope(messages)
        expected += [note_of(report, verify_stamp(translation).envelope) for translation in translations]
        expected += [note_of(report, verify_stamp(request).reason) for request in requests]
        contents = read_all(expected, by=vault)
        by_source = _translations_by_source(translations, contents)
        texts = [_message_text(message, contents, by_source, files) for message in messages]
        self.texts, first_pk = texts, first.pk if first else None
        # The answers to the first form, each with its question; then its translations and files.
        self.answers = _answers_in_words(contents[first.pk]) if first else []
        self.answer_translations = by_source.get(first_pk, ())
        self.answer_files = [file for text in texts if text.envelope.pk == first_pk for file in text.files]
        # What the reporter and the desk have said to each other, the oldest first.
        self.messages = [text for text in texts if text.message.voice != Voice.NOTE and text.envelope.pk != first_pk]
        # What colleagues have noted, the newest first.
        self.notes = [text for text in reversed(texts) if text.message.voice == Voice.NOTE]
        # The requests for originals that are not used up, each with its reason.
        self.original_requests = [
            OriginalRequest(request, contents[request.reason_id]["text"], vault.person) for request in requests
        ]
        # The open deadlines in words, and whether they are missed.
        self.deadlines = [(deadline.text(now), deadline.is_late(now)) for deadline in open_deadlines(report)]
        self.moves = {move for move in OFFERED_MOVES if report.state in MOVES[move][0]}
        self.may_hold = leads(vault.person, report.desk)
        # Who decides on what its reporter asks for, where the reader cannot.
        asks = report.deletion_asked_at is not None and not self.may_hold
        supervisors = colleagues(report.desk, Role.SUPERVISOR).order_by("name") if asks else []
        self.supervisors = [person.name for person in supervisors]

    def forms(self) -> list[SideForm]:
        """The forms that stand beside the texts and the files."""
        return [form for text in self.texts for form in (text.translation, *(file.reason for file in text.files))]

    def show_form(self, form: SideForm) -> None:
        """Show a form as it was sent, in the place of the empty one."""
        for text in self.texts:
            if isinstance(form, TranslationForm) and text.translation.prefix == form.prefix:
                text.translation = form
            for file in text.files:
                if isinstance(form, ReasonForm) and file.reason.prefix == form.prefix:
                    file.reason = form

    @property
    def answer_translation(self) -> TranslationForm | None:
        """The form for a translation of the first form's answers."""
        first = self.first_envelope
        return next((text.translation for text in self.texts if first and text.envelope.pk == first.pk), None)


def _first_envelope(messages: Iterable[Message]) -> Envelope | None:
    """The envelope of the first form, of the messages of a report, the oldest first."""
    envelopes = (message.envelope for message in messages if message.voice == Voice.REPORTER)
    return next((envelope for envelope in envelopes if envelope.purpose == EnvelopePurpose.REPORT), None)


def _translations_by_source(
    translations: Iterable[Translation], contents: dict[UUID, object]
) -> dict[UUID | None, tuple[TranslatedText, ...]]:
    """By what they translate; a later one of the same language takes the place of an earlier."""
    by_language: dict[UUID | None, dict[str, TranslatedText]] = {}
    for translation in translations:
        author = translation.author.name if translation.author else ""
        text = TranslatedText(translation.language, _text_of(contents[translation.envelope_id]), author)
        by_language.setdefault(translation.source_id, {})[translation.language] = text
    return {source: tuple(texts.values()) for source, texts in by_language.items()}


def _message_text(
    message: Message,
    contents: dict[UUID, object],
    by_source: dict[UUID | None, tuple[TranslatedText, ...]],
    files: dict[int, list[AttachedFile]],
) -> ReportText:
    content = contents[message.envelope_id]
    own = ""
    if not isinstance(content, dict):
        text = _text_of(content)
    elif "text" in content:
        text, own = content["text"], content.get("own", "")
    else:  # the form, sent once more with other answers
        text = "\n".join(f"{question}: {answer}" for question, answer in _answers_in_words(content))
    translations = by_source.get(message.envelope_id, ())
    form = TranslationForm(prefix=f"translation-{message.envelope_id}")
    return ReportText(message.envelope, text, message, form, own, translations, tuple(files.get(message.pk, ())))


def _text_of(content: object) -> str:
    """The text of an envelope, which holds it by itself or beside something else."""
    return str(content["text"] if isinstance(content, dict) else content)


def _answers_in_words(content: Mapping[str, object]) -> list[tuple[str, str]]:
    """The answers of a form, each with its question."""
    answers = dict(content)
    if answers.pop("contact", "yes") != "yes":
        answers["how"] = _("They will come back to this site")
    known = [(str(label), _answer_text(name, answers[name])) for name, label in QUESTIONS.items() if answers.get(name)]
    others = [(name, value) for name, value in answers.items() if name not in QUESTIONS and value]
    return known + [(name, _answer_text(name, value)) for name, value in others]


@dataclass(frozen=True)
class InboxRow:
    """A report in the list, with its soonest deadline in words."""

    report: Report
    deadline: OpenDeadline | None
    now: datetime

    @property
    def due(self) -> str:
        """Until when, or since when."""
        if self.deadline:
            return self.deadline.text(self.now)
        asked = self.report.deletion_asked_at
        return _("Deletion asked on %(day)s") % {"day": short_day(asked)} if asked else ""

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.deadline is not None and self.deadline.is_late(self.now)


def inbox_rows(reports: Iterable[Report], now: datetime) -> list[InboxRow]:
    """The rows of a list."""
    return [InboxRow(report, next(iter(open_deadlines(report)), None), now) for report in reports]


def _answer_text(name: str, value: object) -> str:
    """An answer as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return ", ".join(_answer_text(name, part) for part in value)
    if name == "speaks":
        return str(get_language_info(str(value))["name_translated"])
    choices = ANSWER_CHOICES.get(name)
    return str(choices(value).label) if choices and value in choices.values else str(value)


def blank_forms(report: Report) -> dict[str, SideForm]:
    """The forms of a report's page, empty."""
    return {
        "composer": ComposerForm(report=report),
        "assign": AssignForm(desk=report.desk, initial={"to": report.assignee_id}),
        "triage": TriageForm(initial={"risk": report.risk or (Risk.DANGER if report.danger else None)}),
        "conclude": ConcludeForm(),
        "merge": MergeForm(report=report),
    }


def canned_texts(report: Report) -> dict[str, dict[str, str]]:
    """The words that are ready, by name: in the reporter's language, and in the colleague's where it is another."""
    names = {"text": report.language} | ({"own": current_language()} if current_language() != report.language else {})
    answers = CannedAnswer.objects.for_desk(report.desk, report.language)
    return {
        answer.slug: {name: getattr(answer, column("text", language)) or "" for name, language in names.items()}
        for answer in answers
    }
