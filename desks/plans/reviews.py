"""A case in support is looked at as a whole every three months; a closed one after six and twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.assessments.errors import ChildNotHeard
from desks.cases.casework import Task
from desks.cases.closures import in_months
from desks.cases.code_lists import Answer, TaskKind
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords
from desks.cases.locks import lock_row, lock_running_case, lock_worked_case, save_case
from desks.cases.models import today
from desks.cases.states import CasePurpose, EntryKind, TaskState
from desks.cases.timeline import add_entry, seal_words
from desks.plans.casework import FollowUp, Review
from desks.plans.clocks import REVIEW_DAYS, REVIEW_MONTHS
from desks.plans.code_lists import FollowUpResult, ReviewKind, ReviewOutcome
from desks.plans.errors import ReviewTooLate
from desks.reports.states import Risk
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.cases.models import Case


@dataclass(frozen=True)
class ReviewFacts:
    """Which review took place, when, what it led to, and when the next one is."""

    kind: ReviewKind
    outcome: ReviewOutcome
    held_on: date
    next_on: date | None = None


@transaction.atomic
def plan_review(case: Case, kind: ReviewKind, *, planned_on: date, by: Actor) -> Review:
    """Choose the day of the next review. It is due no later for that.

    Raises:
        ReviewTooLate: the day is past, or too far.
    """
    case = lock_running_case(case, by=by)
    row = _plan(case, kind, planned_on, by=by)
    save_case(case)
    record("case.review_planned", case, by=by, kind=str(kind))
    return row


@transaction.atomic
def record_review(case: Case, facts: ReviewFacts, words: Mapping[str, str], *, by: Actor) -> Review:
    """A review took place: who was there, what was found, what the child says. From now on nobody changes it.

    Raises:
        NeedsWords: nothing says what was found.
        ChildNotHeard: neither the child's view nor why the child was not asked.
        InTheFuture: the day has not come.
        ReviewTooLate: the day of the next review is past, or too far.
    """
    case = lock_running_case(case, by=by)
    if not words.get("findings", "").strip():
        raise NeedsWords
    if not any(words.get(name, "").strip() for name in ("child_view", "why_not_asked")):
        raise ChildNotHeard
    if facts.held_on > today():
        raise InTheFuture
    row = Review.objects.planned().filter(case=case).select_for_update().first()
    is_new = row is None
    row = Review(case=case) if row is None else verify_stamp(row)
    row.envelope = seal_words(case, words, CasePurpose.REVIEW, by=by)
    row.kind, row.outcome, row.held_on = facts.kind, facts.outcome, facts.held_on
    row.author, row.made_at = account_of(by), timezone.now()
    if is_new:
        save_stamped(row)
    else:
        update_stamped(row, "envelope", "kind", "outcome", "held_on", "author", "made_at")
    if facts.next_on is not None:
        _plan(case, ReviewKind.REGULAR, facts.next_on, by=by)
    save_case(case)
    add_entry(case, EntryKind.REVIEW, by=by, code=facts.outcome)
    record("case.reviewed", case, by=by, kind=str(facts.kind), outcome=str(facts.outcome))
    return row


@transaction.atomic
def record_follow_up(
    task: Task, result: FollowUpResult, words: str, *, safe: Answer, done_on: date, by: Actor
) -> FollowUp:
    """Somebody has looked after a child whose case is closed. The task that asked for it is settled with it.

    Raises:
        CaseMoveNotPossible: it is no follow-up, or it is settled.
        InTheFuture: the day has not come.
        NeedsWords: nothing is written.
    """
    case = lock_worked_case(task.case, by=by)
    task = lock_row(task, case, TaskState.OPEN)
    if task.kind != TaskKind.FOLLOW_UP:
        raise CaseMoveNotPossible
    if done_on > today():
        raise InTheFuture
    if not words.strip():
        raise NeedsWords
    envelope = seal_words(case, {"text": words}, CasePurpose.FOLLOW_UP, by=by)
    row = FollowUp(case=case, task=task, envelope=envelope, result=result, safe=safe, done_on=done_on)
    row.author = account_of(by)
    save_stamped(row)
    task.state, task.settled_by, task.settled_at = TaskState.DONE, account_of(by), timezone.now()
    task.save(update_fields=["state", "settled_by", "settled_at"])
    save_case(case)
    add_entry(case, EntryKind.FOLLOW_UP, by=by, code=result)
    record("case.followed_up", case, by=by, result=str(result), safe=str(safe))
    return row


def last_day_of_review(case: Case) -> date:
    """Until when the next review has to be, from today on."""
    days = REVIEW_DAYS.get(Risk(case.risk))
    return in_months(today(), REVIEW_MONTHS) if days is None else today() + timedelta(days=days)


def _plan(case: Case, kind: ReviewKind, planned_on: date, *, by: Actor) -> Review:
    if not today() <= planned_on <= last_day_of_review(case):
        raise ReviewTooLate
    row = Review.objects.planned().filter(case=case).select_for_update().first()
    if row is None:
        row = Review(case=case, kind=kind, planned_on=planned_on, author=account_of(by))
        save_stamped(row)
        return row
    verify_stamp(row).kind = kind
    row.planned_on = planned_on
    update_stamped(row, "kind", "planned_on")
    return row
