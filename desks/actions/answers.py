"""What colleagues write in a report: notes for each other, answers to the reporter, translations. All of it is sealed.

`by` is a user or the `System`, or an open vault where something has to be read.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction

from desks import emails
from desks.actions.desks import pass_rehearsal
from desks.actions.retention import schedule
from desks.errors import NotInTime
from desks.models import Message, Report, Translation
from desks.states import EnvelopePurpose, Voice
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.actions import read, write
from victor.vault.keys import Opened
from victor.vault.models import Envelope


def locked(report: Report, *, by: User | System) -> Report:
    """The report as it is now, which nobody else changes until the transaction ends, if `by` works at its desk."""
    report = Report.objects.select_for_update(of=["self"]).select_related("desk").get(pk=report.pk)
    require(by, "desks.work", report.desk)
    return report


@transaction.atomic
def note(report: Report, text: str, *, by: User | System) -> Message:
    """Write something down for colleagues, which the reporter never sees."""
    report = locked(report, by=by)
    envelope = write(report.key, {"text": text}, purpose=EnvelopePurpose.NOTE, by=by)
    language = by.language if isinstance(by, User) else report.language
    message = _said(report, envelope, Voice.NOTE, language, by=by)
    record("report.noted", report, by=by)
    return message


@transaction.atomic
def answer(report: Report, text: str, *, language: str, own: str = "", own_language: str = "", by: Opened) -> Message:
    """Answer the reporter. `own` is the same for colleagues, in their language.

    Who has asked for it learns by mail that something waits, and nothing else.
    """
    report = locked(report, by=by.person)
    content = {"text": text} | ({"own": own, "own_language": own_language} if own else {})
    envelope = write(report.key, content, purpose=EnvelopePurpose.MESSAGE, by=by.person)
    message = _said(report, envelope, Voice.ANSWER, language, by=by.person)
    if report.answered_at is None:
        report.answered_at = message.written_at
        report.save(update_fields=["answered_at"])
    schedule(report)
    record("report.answered", report, by=by.person)
    if report.is_test:
        _rehearse(report, by=by.person)
    for notice in Envelope.objects.filter(key=report.key, purpose=EnvelopePurpose.NOTICE):
        wanted = read(notice, by=by)
        emails.words_wait(wanted["email"], language=wanted["language"])
    return message


@transaction.atomic
def translate(report: Report, source: Envelope, text: str, *, language: str, by: User | System) -> Translation:
    """Keep a translation beside what was written, for colleagues."""
    report = locked(report, by=by)
    envelope = write(report.key, {"text": text}, purpose=EnvelopePurpose.NOTE, by=by)
    author = by if isinstance(by, User) else None
    made = Translation.objects.create(report=report, source=source, envelope=envelope, language=language, author=author)
    record("report.translated", report, by=by, language=language)
    return made


def _rehearse(report: Report, *, by: User) -> None:
    """A test report that was answered in time counts for the desk; another has to be sent where it was not."""
    with suppress(NotInTime):
        pass_rehearsal(report, by=by)


def _said(report: Report, envelope: Envelope, voice: Voice, language: str, *, by: User | System) -> Message:
    author = by if isinstance(by, User) else None
    return Message.objects.create(report=report, envelope=envelope, voice=voice, language=language, author=author)
