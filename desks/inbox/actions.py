"""The work on a report: read, noted upon, answered, translated, triaged, assigned, brought to an outcome, closed.

What colleagues write is sealed. `by` is an open vault where something has to be read.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible, NotAColleague
from desks.desk.rules import works_at
from desks.duty.actions import raise_alarm
from desks.inbox.errors import NeedsReason, NotADuplicate
from desks.inbox.models import Translation
from desks.reports import emails as reports_emails
from desks.reports.actions import lock_report, lock_worked_report, pass_rehearsal
from desks.reports.envelopes import messages_of, notice_of, save_message
from desks.reports.errors import NotInTime
from desks.reports.models import Message, Reading, Report
from desks.reports.states import MOVES, EnvelopePurpose, ReportMove, ReportState, Risk, Voice
from desks.retention.deletion_dates import schedule_deletion
from desks.retention.models import DeletionProposal
from victor.access import Actor, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.languages import content_language
from victor.vault.keys.keyring import UnlockedVault, private_key_of, save_stamped
from victor.vault.records.actions import read_all, write_envelope
from victor.vault.records.models import Envelope


@transaction.atomic
def add_note(report: Report, text: str, *, by: Actor) -> Message:
    """Write something down for colleagues, which the reporter never sees."""
    report = lock_worked_report(report, by=by)
    envelope = write_envelope(report.key, {"text": text}, purpose=EnvelopePurpose.NOTE, by=by)
    language = content_language(by.language) if isinstance(by, User) else report.language
    message = save_message(report, envelope, Voice.NOTE, language, by=by)
    record("report.noted", report, by=by)
    return message


@transaction.atomic
def answer_reporter(
    report: Report, text: str, *, language: str, own: str = "", own_language: str = "", by: UnlockedVault
) -> Message:
    """Answer the reporter. `own` is the same for colleagues, in their language.

    Reporters who asked for it get a mail that there is something new, and nothing else.
    """
    report = lock_worked_report(report, by=by.person)
    notices = Envelope.objects.filter(key=report.key_id, purpose=EnvelopePurpose.NOTICE).select_related("key")
    addresses = list(read_all([notice_of(report, notice) for notice in notices], by=by).values())
    content = {"text": text} | ({"own": own, "own_language": own_language} if own else {})
    envelope = write_envelope(report.key, content, purpose=EnvelopePurpose.MESSAGE, by=by.person)
    message = save_message(report, envelope, Voice.ANSWER, language, by=by.person)
    if report.answered_at is None:
        report.answered_at = message.written_at
        report.save(update_fields=["answered_at"])
    schedule_deletion(report)
    for address in addresses:
        reports_emails.notify_reporter(address["email"], language=address["language"])
    record("report.answered", report, by=by.person)
    if report.is_test:
        _pass_rehearsal_if_in_time(report, by=by.person)
    return message


@transaction.atomic
def decline_deletion(report: Report, text: str, *, language: str, by: UnlockedVault) -> Message:
    """Keep a report whose reporter asks for its deletion, and tell them why.

    Raises:
        DeskMoveNotPossible: nobody asks.
    """
    report = lock_worked_report(report, by=by.person)
    require(by.person, "desks.lead", report.desk)
    if report.deletion_asked_at is None:
        raise DeskMoveNotPossible
    message = answer_reporter(report, text, language=language, by=by)
    Report.objects.filter(pk=report.pk).update(deletion_asked_at=None)
    DeletionProposal.objects.filter(report=report).delete()
    record("report.deletion_declined", report, by=by.person)
    return message


@transaction.atomic
def add_translation(report: Report, message: Message, text: str, *, language: str, by: Actor) -> Translation:
    """Store a translation beside what was written, for colleagues.

    Raises:
        Unopenable: the message is not of this report.
    """
    report = lock_worked_report(report, by=by)
    [expected] = messages_of(report, [message])
    facts = {"source": expected.verify(), "language": language, "author": by if isinstance(by, User) else None}
    envelope = write_envelope(report.key, {"text": text}, purpose=EnvelopePurpose.NOTE, by=by)
    translation = Translation(report=report, envelope=envelope, **facts)
    save_stamped(translation)
    record("report.translated", report, by=by, language=language)
    return translation


def _pass_rehearsal_if_in_time(report: Report, *, by: User) -> None:
    """A test report that was answered in time counts for the desk; another has to be sent where it was not."""
    with suppress(NotInTime):
        pass_rehearsal(report, by=by)


CONCLUSIONS = {ReportMove.REFER, ReportMove.INFORM, ReportMove.CLOSE_AS_UNFOUNDED}


@transaction.atomic
def open_report(report: Report, *, by: UnlockedVault) -> Report:
    """Note who reads, the first time and whenever the reporter has written something new.

    Raises:
        NoGrant: the person works at the desk, but their key does not open its reports.
    """
    report = lock_report(report)
    require(by.person, "desks.work", report.desk)
    with private_key_of(report.key, by=by):
        pass
    now, before = timezone.now(), (report.read_at, report.unread_since)
    if report.state == ReportState.RECEIVED:
        report.state, report.acknowledged_at = ReportState.ACKNOWLEDGED, report.acknowledged_at or now
    report.read_at, report.unread_since = report.read_at or now, None
    report.messages.filter(voice=Voice.REPORTER, seen_at=None).update(seen_at=now)
    Reading.objects.update_or_create(report=report, person=by.person, defaults={"at": now})
    if before != (report.read_at, report.unread_since):
        report.save(update_fields=["state", "acknowledged_at", "read_at", "unread_since"])
        record("report.read", report, by=by.person)
    return report


@transaction.atomic
def triage_report(report: Report, *, risk: Risk, reason: str, by: Actor) -> Report:
    """Say how soon the desk has to act; why, is a note for colleagues. For new danger, who is on duty is called."""
    report = _move(report, ReportMove.TRIAGE, by=by)
    told_danger = report.tells_danger
    report.risk = risk
    report.triaged_at = report.triaged_at or timezone.now()
    _save_and_schedule(report)
    if reason:
        add_note(report, reason, by=by)
    if risk == Risk.DANGER and not told_danger:
        raise_alarm(report, by=by)
    record("report.triaged", report, by=by, risk=risk)
    return report


@transaction.atomic
def assign_report(report: Report, to: User | None, *, by: Actor) -> Report:
    """Say who looks after it; None: nobody in particular.

    Raises:
        NotAColleague: that person does not work at this desk.
    """
    report = lock_worked_report(report, by=by)
    if to is not None and not works_at(to, report.desk):
        raise NotAColleague
    report.assignee = to
    report.save(update_fields=["assignee"])
    record("report.assigned", report, by=by, to=to.pk if to else None)
    return report


@transaction.atomic
def conclude_report(report: Report, move: ReportMove, *, reason: str, by: Actor) -> Report:
    """Bring it to an outcome: referred, information given or unfounded.

    Raises:
        NeedsReason: nothing is written down.
    """
    report = _move(report, move, by=by, among=CONCLUSIONS)
    if not reason:
        raise NeedsReason
    report.outcome = report.state
    _save_and_schedule(report)
    add_note(report, reason, by=by)
    record("report.concluded", report, by=by, outcome=report.outcome)
    return report


@transaction.atomic
def merge_report(report: Report, into: Report, *, by: Actor) -> Report:
    """Mark it as a duplicate of another report. Its reporter keeps their receipt, and their own conversation.

    Raises:
        NotADuplicate: the other is of another desk, a duplicate itself, or this one.
    """
    first, second = sorted((report.pk, into.pk))
    list(Report.objects.select_for_update(of=["self"]).filter(pk__in=[first, second]).order_by("pk"))
    report = _move(report, ReportMove.MERGE, by=by)
    into = Report.objects.get(pk=into.pk)
    if into.pk == report.pk or into.desk_id != report.desk_id or into.duplicate_of_id or report.duplicates.exists():
        raise NotADuplicate
    report.duplicate_of, report.outcome = into, ReportState.DUPLICATE
    _save_and_schedule(report)
    record("report.merged", report, by=by, into=str(into.pk))
    return report


@transaction.atomic
def close_report(report: Report, *, by: Actor) -> Report:
    """End the work on it."""
    report = _move(report, ReportMove.CLOSE, by=by)
    report.closed_at = timezone.now()
    _save_and_schedule(report)
    record("report.closed", report, by=by)
    return report


@transaction.atomic
def reopen_report(report: Report, *, by: Actor) -> Report:
    """Take up the work again, as if there had been no outcome."""
    report = _move(report, ReportMove.REOPEN, by=by)
    report.outcome, report.duplicate_of, report.closed_at = "", None, None
    report.triaged_at = report.triaged_at or timezone.now()
    _save_and_schedule(report)
    record("report.reopened", report, by=by)
    return report


def _move(report: Report, move: ReportMove, *, by: Actor, among: set[ReportMove] | None = None) -> Report:
    """The report, locked, in the state to which a move leads; not saved yet.

    Raises:
        DeskMoveNotPossible: the move does not start from where it stands.
    """
    report = lock_worked_report(report, by=by)
    starts, leads_to = MOVES[move]
    if report.state not in starts or (among is not None and move not in among):
        raise DeskMoveNotPossible
    report.state = leads_to
    return report


def _save_and_schedule(report: Report) -> None:
    """Write it down, with the day of its deletion that follows from it."""
    report.save()
    report.erase_on = schedule_deletion(report)
