"""A report that somebody has opened: what was told and said, with its translations, as the page shows it.

Everything here is read from the vault with the reader's open key, and lives no longer than the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from desks.desk.rules import leads
from desks.handovers.forms import HandOverForm
from desks.handovers.models import HandOver
from desks.inbox.forms import AssignForm, ComposerForm, ConcludeForm, MergeForm, ReasonForm, TranslationForm, TriageForm
from desks.inbox.models import CannedAnswer, OriginalAccess
from desks.reports.deadlines import OpenDeadline, open_deadlines
from desks.reports.models import Message, Report
from desks.reports.states import (
    MOVES,
    OPEN_STATES,
    AgeGroup,
    ChildCount,
    EnvelopePurpose,
    ReporterKind,
    ReportMove,
    Risk,
    Voice,
)
from victor.languages import column, current_language
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.records.actions import read_envelope
from victor.vault.records.models import Envelope

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


@dataclass(frozen=True)
class ReportText:
    """Something that was written, with what stands beside it."""

    envelope: Envelope
    text: str
    message: Message | None = None
    own: str = ""
    translations: tuple[TranslatedText, ...] = ()


@dataclass(frozen=True)
class TranslatedText:
    """A translation, in which language and by whom."""

    language: str
    text: str
    author: str


class ReportPage:
    """What the page of a report shows."""

    def __init__(self, report: Report, by: UnlockedVault) -> None:
        self.report, self.by, self.now = report, by, timezone.now()
        self.messages = list(report.messages.select_related("envelope__key", "author").prefetch_related("attachments"))

    @cached_property
    def told(self) -> list[tuple[str, str]]:
        """The answers to the first form, each with its question."""
        if self.first is None:
            return []
        content = read_envelope(self.first, by=self.by)
        if content.pop("contact", "yes") != "yes":
            content["how"] = _("They will come back to this site")
        known = [
            (str(label), _answer_text(name, content[name])) for name, label in QUESTIONS.items() if content.get(name)
        ]
        return known + [
            (name, _answer_text(name, each)) for name, each in content.items() if name not in QUESTIONS and each
        ]

    @cached_property
    def first(self) -> Envelope | None:
        """The envelope of the first form."""
        return (
            Envelope.objects.select_related("key")
            .filter(key=self.report.key_id, purpose=EnvelopePurpose.REPORT)
            .first()
        )

    @cached_property
    def answer_translations(self) -> tuple[TranslatedText, ...]:
        """Those of the first form."""
        return self._translations.get(self.first.pk, ()) if self.first else ()

    @cached_property
    def answer_files(self) -> list[Any]:
        """The files that came with it."""
        mine = [each for each in self.messages if self.first and each.envelope_id == self.first.pk]
        return [attachment for message in mine for attachment in message.attachments.all()]

    @cached_property
    def thread(self) -> list[ReportText]:
        """What the reporter and the desk have said to each other."""
        first = self.first.pk if self.first else None
        said = [each for each in self.messages if each.voice != Voice.NOTE and each.envelope_id != first]
        return [self._words(each) for each in said]

    @cached_property
    def notes(self) -> list[ReportText]:
        """What colleagues have noted, the newest first."""
        return [self._words(each) for each in reversed(self.messages) if each.voice == Voice.NOTE]

    @cached_property
    def clocks(self) -> list[tuple[str, bool]]:
        """The clocks that run, in words, and whether they are late."""
        return [(each.in_words(self.now), each.is_late(self.now)) for each in open_deadlines(self.report)]

    @cached_property
    def moves(self) -> set[str]:
        """What can be done with it now."""
        return {
            move for move, (starts, _leads) in MOVES.items() if self.report.state in starts and move in OFFERED_MOVES
        }

    @cached_property
    def hand_over(self) -> HandOver | None:
        """The hand-over that is under way."""
        return self.report.hand_overs.open().select_related("target").first()

    @property
    def may_hand_over(self) -> bool:
        """Whether another desk may still have it."""
        return self.report.state in OPEN_STATES

    @property
    def may_hold(self) -> bool:
        """Whether the reader may keep it from being deleted."""
        return leads(self.by.person, self.report.desk)

    @cached_property
    def accesses(self) -> list[tuple[OriginalAccess, str]]:
        """The requests for originals that are not used up, each with its reason."""
        found = OriginalAccess.objects.filter(attachment__message__report=self.report, used_at=None)
        found = found.select_related("reason__key", "asked_by", "granted_by")
        return [(access, read_envelope(access.reason, by=self.by)["text"]) for access in found]

    @cached_property
    def _translations(self) -> dict[Any, tuple[TranslatedText, ...]]:
        """By what they translate; a later one of the same language takes the place of an earlier."""
        found: dict[Any, dict[str, TranslatedText]] = {}
        for each in self.report.translations.select_related("envelope__key", "author"):
            author = each.author.name if each.author else ""
            made = TranslatedText(each.language, read_envelope(each.envelope, by=self.by)["text"], author)
            found.setdefault(each.source_id, {})[each.language] = made
        return {source: tuple(each.values()) for source, each in found.items()}

    def _words(self, message: Message) -> ReportText:
        content = read_envelope(message.envelope, by=self.by)
        text, own = (content.get("text", ""), content.get("own", "")) if isinstance(content, dict) else (content, "")
        return ReportText(message.envelope, text, message, own, self._translations.get(message.envelope_id, ()))


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
class InboxRow:
    """A report in the list, with its soonest clock in words."""

    report: Report
    clock: OpenDeadline | None
    now: datetime

    @property
    def due(self) -> str:
        """Until when, or since when."""
        return self.clock.in_words(self.now) if self.clock else ""

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.clock is not None and self.clock.is_late(self.now)


def inbox_rows(reports: Iterable[Report], now: datetime) -> list[InboxRow]:
    """The rows of a list."""
    return [InboxRow(report, next(iter(open_deadlines(report)), None), now) for report in reports]


def _answer_text(name: str, value: Any) -> str:
    """An answer as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values() if each)
    if isinstance(value, list):
        return ", ".join(_answer_text(name, each) for each in value)
    if name == "speaks":
        return str(get_language_info(value)["name_translated"])
    choices = ANSWER_CHOICES.get(name)
    return str(choices(value).label) if choices and value in choices.values else str(value)


def blank_forms(report: Report) -> dict[str, Any]:
    return {
        "composer": ComposerForm(report=report),
        "assign": AssignForm(desk=report.desk, initial={"to": report.assignee_id}),
        "triage": TriageForm(initial={"risk": report.risk or (Risk.DANGER if report.danger else None)}),
        "conclude": ConcludeForm(),
        "merge": MergeForm(report=report),
        "hand_over": HandOverForm(report=report),
        "translation": TranslationForm(auto_id=False),
        "original": ReasonForm(auto_id=False),
    }


def canned_texts(report: Report) -> dict[str, dict[str, str]]:
    """The words that are ready, by name: in the reporter's language, and in the colleague's where it is another."""
    names = {"text": report.language} | ({"own": current_language()} if current_language() != report.language else {})
    found = CannedAnswer.objects.for_desk(report.desk, report.language)
    return {
        each.slug: {name: getattr(each, column("text", language)) or "" for name, language in names.items()}
        for each in found
    }
