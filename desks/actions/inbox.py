"""The work on a report: it is opened, triaged, assigned, brought to an outcome, merged, closed and opened anew.

`by` is whoever works at the desk, or the `System`. What is written down goes into the vault (`desks.actions.answers`).
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from desks.actions.answers import locked, note
from desks.actions.retention import schedule
from desks.errors import NeedsReason, NotAColleague, NotADuplicate, NotPossible
from desks.models import Report
from desks.rules import works_at
from desks.states import MOVES, Move, Risk, State, Voice
from victor.access import System
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys import Opened, private_of

CONCLUSIONS = {Move.REFER, Move.INFORM, Move.FIND_UNFOUNDED}


@transaction.atomic
def open_report(report: Report, *, by: Opened) -> Report:
    """Note who reads, the first time and whenever the reporter has written something new.

    Raises:
        NoGrant: the person works at the desk, but their key does not open its reports.
    """
    report = locked(report, by=by.person)
    with private_of(report.key, by=by):
        pass
    now, before = timezone.now(), (report.read_at, report.waits_since)
    if report.state == State.RECEIVED:
        report.state, report.acknowledged_at = State.ACKNOWLEDGED, report.acknowledged_at or now
    report.read_at, report.waits_since = report.read_at or now, None
    report.messages.filter(voice=Voice.REPORTER, seen_at=None).update(seen_at=now)
    if before != (report.read_at, report.waits_since):
        report.save(update_fields=["state", "acknowledged_at", "read_at", "waits_since"])
        record("report.read", report, by=by.person)
    return report


@transaction.atomic
def triage(report: Report, *, risk: Risk, reason: str, by: User | System) -> Report:
    """Say how soon the desk has to act; why, is a note for colleagues."""
    report = moved(report, Move.TRIAGE, by=by)
    report.risk = risk
    report.triaged_at = report.triaged_at or timezone.now()
    _save(report)
    if reason:
        note(report, reason, by=by)
    record("report.triaged", report, by=by, risk=risk)
    return report


@transaction.atomic
def assign(report: Report, to: User | None, *, by: User | System) -> Report:
    """Say who looks after it; None: nobody in particular.

    Raises:
        NotAColleague: that person does not work at this desk.
    """
    report = locked(report, by=by)
    if to is not None and not works_at(to, report.desk):
        raise NotAColleague
    report.assignee = to
    report.save(update_fields=["assignee"])
    record("report.assigned", report, by=by, to=to.pk if to else None)
    return report


@transaction.atomic
def conclude(report: Report, move: Move, *, reason: str = "", by: User | System) -> Report:
    """Bring it to an outcome: referred, information given or unfounded.

    Raises:
        NeedsReason: the reporter was never answered, and nothing is written down.
    """
    report = moved(report, move, by=by, among=CONCLUSIONS)
    if not reason and report.answered_at is None:
        raise NeedsReason
    report.outcome = report.state
    _save(report)
    if reason:
        note(report, reason, by=by)
    record("report.concluded", report, by=by, outcome=report.outcome)
    return report


@transaction.atomic
def merge(report: Report, into: Report, *, by: User | System) -> Report:
    """Say that it tells the same as another report. Its reporter keeps their receipt, and their own conversation.

    Raises:
        NotADuplicate: the other is of another desk, a duplicate itself, or this one.
    """
    first, second = sorted((report.pk, into.pk))
    list(Report.objects.select_for_update(of=["self"]).filter(pk__in=[first, second]).order_by("pk"))
    report = moved(report, Move.MERGE, by=by)
    into = Report.objects.get(pk=into.pk)
    if into.pk == report.pk or into.desk_id != report.desk_id or into.duplicate_of_id or report.duplicates.exists():
        raise NotADuplicate
    report.duplicate_of, report.outcome = into, State.DUPLICATE
    _save(report)
    record("report.merged", report, by=by, into=str(into.pk))
    return report


@transaction.atomic
def close(report: Report, *, by: User | System) -> Report:
    """End the work on it."""
    report = moved(report, Move.CLOSE, by=by)
    report.closed_at = timezone.now()
    _save(report)
    record("report.closed", report, by=by)
    return report


@transaction.atomic
def reopen(report: Report, *, by: User | System) -> Report:
    """Take up the work again, as if there had been no outcome."""
    report = moved(report, Move.REOPEN, by=by)
    report.outcome, report.duplicate_of, report.closed_at = "", None, None
    report.triaged_at = report.triaged_at or timezone.now()
    _save(report)
    record("report.reopened", report, by=by)
    return report


def moved(report: Report, move: Move, *, by: User | System, among: set[Move] | None = None) -> Report:
    """The report, locked, in the state to which a move leads; not saved yet.

    Raises:
        NotPossible: the move does not start from where it stands.
    """
    report = locked(report, by=by)
    starts, leads = MOVES[move]
    if report.state not in starts or (among is not None and move not in among):
        raise NotPossible
    report.state = leads
    return report


def _save(report: Report) -> None:
    """Write it down, with the day of its deletion that follows from it."""
    report.save()
    report.erase_on = schedule(report)
