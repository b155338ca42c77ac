"""Writes the rows of a case's timeline, and what is sealed in its record."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from desks.cases.casework import Task
from desks.cases.code_lists import Priority, Sensitivity, TaskKind
from desks.cases.models import TimelineEntry
from desks.cases.states import CasePurpose
from victor.access import account_of
from victor.accounts.models import User
from victor.languages import content_language
from victor.vault.keys.keyring import save_stamped
from victor.vault.records.actions import write_envelope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.cases.models import Case
    from desks.cases.states import EntryKind
    from desks.desk.models import Desk
    from victor.access import Actor
    from victor.vault.records.models import Envelope


def seal_words(case: Case, content: Mapping[str, object], purpose: CasePurpose, *, by: Actor) -> Envelope:
    """Seal words into the record of a case. No vault need be open for that."""
    return write_envelope(case.key, dict(content), purpose=purpose, by=by)


def add_entry(
    case: Case,
    kind: EntryKind,
    *,
    by: Actor,
    text: str = "",
    code: str = "",
    concerned: User | None = None,
    language: str = "",
    sensitivity: Sensitivity = Sensitivity.NORMAL,
) -> TimelineEntry:
    """Add a row to the timeline of a locked case; its words are sealed."""
    envelope = seal_words(case, {"text": text}, CasePurpose.ENTRY, by=by) if text else None
    entry = TimelineEntry(case=case, kind=kind, code=code, envelope=envelope, author=account_of(by))
    entry.concerned, entry.language, entry.sensitivity = concerned, language, sensitivity
    save_stamped(entry)
    return entry


def write_task(
    case: Case,
    text: str,
    *,
    due_at: datetime | None,
    owner: User | None = None,
    priority: Priority = Priority.NORMAL,
    kind: TaskKind = TaskKind.WRITTEN,
    by: Actor,
) -> Task:
    """Write down a task of a locked case, in words that only its people read."""
    envelope = seal_words(case, {"text": text}, CasePurpose.TASK, by=by)
    task = Task(case=case, envelope=envelope, due_at=due_at, owner=owner, priority=priority, kind=kind)
    task.author = account_of(by)
    save_stamped(task)
    return task


def language_of(by: Actor, case: Case) -> str:
    """The language in which somebody writes."""
    return content_language(by.language) if isinstance(by, User) else case.language


def language_of_desk(desk: Desk) -> str:
    """The language in which the portal itself writes in the cases of a desk: the first in which the desk works."""
    return content_language(next(iter(desk.languages), "en"))


def noon_of(day: date, desk: Desk) -> datetime:
    """When a task of a day is due."""
    return datetime.combine(day, time(12), desk.zone)
