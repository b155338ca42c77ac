"""What is written down in a case from day to day: notes, tasks, further reports and words of the same child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.casework import Task
from desks.cases.code_lists import CaseSource, Priority, Sensitivity, TaskKind
from desks.cases.errors import CaseMoveNotPossible, NeedsWords
from desks.cases.locks import lock_row, lock_running_case, lock_worked_case, require_able, save_case
from desks.cases.models import LinkedReport
from desks.cases.states import ELSEWHERE_STAGES, NOTE_KINDS, EntryKind, TaskState
from desks.cases.timeline import add_entry, language_of, write_task
from desks.reports import emails as reports_emails
from victor.access import Actor, account_of, require
from victor.audit.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from desks.cases.models import Case, TimelineEntry
    from desks.reports.models import Report
    from victor.accounts.models import User


@transaction.atomic
def add_report(case: Case, report: Report, *, by: Actor) -> None:
    """A further report tells of the same child: it is linked, and the case's people see that.

    Raises:
        CaseMoveNotPossible: the work on this child goes on elsewhere.
    """
    case = lock_worked_case(case, by=by)
    if case.stage in ELSEWHERE_STAGES:
        raise CaseMoveNotPossible
    require(by, "desks.work", report.desk)
    _linked, is_new = LinkedReport.objects.get_or_create(case=case, report=report)
    if is_new:
        add_entry(case, EntryKind.WORDS_ADDED, by=by, code=CaseSource.REPORT)
        save_case(case)
        record("case.report_linked", case, by=by, report=str(report.pk))


@transaction.atomic
def add_words(case: Case, text: str, *, by: Actor) -> TimelineEntry:
    """It is this child: what somebody typed for a new case is added to the one that is there, also to a closed one.

    Its worker gets a mail that something waits.

    Raises:
        NeedsWords: nothing was typed.
    """
    people = [case.worker] if case.worker and case.worker.is_active else []
    alerts = reports_emails.compose_alerts(people)
    case = lock_worked_case(case, by=by)
    if case.stage in ELSEWHERE_STAGES:
        raise CaseMoveNotPossible
    if not text.strip():
        raise NeedsWords
    entry = add_entry(case, EntryKind.WORDS_ADDED, by=by, text=text, language=language_of(by, case))
    save_case(case)
    for alert in alerts.values():
        alert.send()
    record("case.words_added", case, by=by)
    return entry


@transaction.atomic
def write_note(
    case: Case,
    text: str,
    *,
    kind: EntryKind = EntryKind.NOTE,
    language: str = "",
    sensitivity: Sensitivity = Sensitivity.NORMAL,
    by: Actor,
) -> TimelineEntry:
    """Write something down. Those who work on the case read it, and one day perhaps the child.

    Raises:
        NeedsWords: nothing is written.
    """
    case = lock_running_case(case, by=by)
    if not text.strip() or kind not in NOTE_KINDS:
        raise NeedsWords
    save_case(case)
    language = language or language_of(by, case)
    entry = add_entry(case, kind, by=by, text=text, language=language, sensitivity=sensitivity)
    record("case.noted", case, by=by, kind=str(kind))
    return entry


@transaction.atomic
def add_task(
    case: Case,
    text: str,
    *,
    due_at: datetime | None = None,
    owner: User | None = None,
    priority: Priority = Priority.NORMAL,
    by: Actor,
) -> Task:
    """Write down what is to be done.

    Raises:
        NeedsWords: nothing is written.
        NotAKeyHolder: the owner could not read it.
    """
    case = lock_running_case(case, by=by)
    if not text.strip():
        raise NeedsWords
    if owner is not None:
        require_able(case, owner)
    save_case(case)
    task = write_task(case, text, due_at=due_at, owner=owner, priority=priority, by=by)
    record("case.task_added", task, by=by)
    return task


@transaction.atomic
def settle_task(task: Task, state: TaskState, *, by: Actor) -> Task:
    """A task is done, or dropped. A follow-up of a closed case can be dropped; what was found out settles it otherwise.

    Raises:
        CaseMoveNotPossible: it was settled already, the case has ended, or a follow-up would be done without a result.
    """
    case = lock_worked_case(task.case, by=by)
    task = lock_row(task, case, TaskState.OPEN)
    is_follow_up = task.kind == TaskKind.FOLLOW_UP
    is_due_work = case.is_running or is_follow_up
    if is_follow_up and state == TaskState.DONE:
        raise CaseMoveNotPossible
    if state == TaskState.OPEN or not is_due_work:
        raise CaseMoveNotPossible
    task.state, task.settled_by, task.settled_at = state, account_of(by), timezone.now()
    task.save(update_fields=["state", "settled_by", "settled_at"])
    save_case(case)
    add_entry(case, EntryKind.TASK, by=by, code=state)
    record("case.task_settled", task, by=by, state=str(state))
    return task
