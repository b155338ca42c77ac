"""A case moves from stage to stage. Where two people are needed, one asks and another one decides, in one transaction.

A gate that is not met, and whatever runs, stand in the way: each thing is named.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.cases.code_lists import ClosureOutcome, ClosureReason, TaskKind
from desks.cases.errors import CaseMoveNotPossible, NeedsWords, NotTheAsker, Obstructed, OutcomeNotPossible
from desks.cases.gates import is_possible_outcome, require_gate
from desks.cases.locks import lock_row, lock_supervised_case, lock_worked_case, save_case
from desks.cases.merges import complete_merge, lock_in_order, require_mergeable
from desks.cases.models import today
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.requests import CaseClosure, CaseMerge, MoveRequest
from desks.cases.states import MOVES_OF_TWO, CaseMove, CasePurpose, EntryKind, RequestState
from desks.cases.timeline import add_entry, language_of, language_of_desk, noon_of, seal_words, write_task
from desks.reports.states import Risk
from victor.access import Actor, account_of, require
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.cases.models import Case

FOLLOW_UP_MONTHS = (6, 12)
HIGH_RISKS = frozenset({Risk.HIGH, Risk.DANGER})


@dataclass(frozen=True)
class ClosureFacts:
    """With what outcome a case is to be closed, and why."""

    outcome: ClosureOutcome
    reason: ClosureReason
    follow_up: bool = True


@transaction.atomic
def move_case(case: Case, move: CaseMove, *, by: Actor) -> Case:
    """Move a case for which one person is enough.

    Raises:
        CaseMoveNotPossible: the move needs two people, or does not start from here.
        MoveNotOffered, RequirementsLack: as `require_gate` does.
    """
    case = lock_worked_case(case, by=by)
    if move in MOVES_OF_TWO:
        raise CaseMoveNotPossible
    _move(case, move, by=by)
    return case


@transaction.atomic
def ask_to_move(
    case: Case, move: CaseMove, words: Mapping[str, object], *, closure: ClosureFacts | None = None, by: Actor
) -> MoveRequest:
    """Ask another person to move a case. Nothing moves before they have agreed.

    Raises:
        CaseMoveNotPossible: one person is enough, somebody has asked already, or the move does not start from here.
        MoveNotOffered, RequirementsLack: as `require_gate` does.
        NeedsWords: there is no reason.
        OutcomeNotPossible, Obstructed: the case cannot be closed so, or something still runs.
    """
    case = lock_worked_case(case, by=by)
    if move == CaseMove.MERGE or (move == CaseMove.CLOSE) != (closure is not None):
        raise CaseMoveNotPossible
    request = _write_request(case, move, words, by=by)
    if closure is not None:
        _require_closable(case, closure.outcome)
        until = in_months(today(), FOLLOW_UP_MONTHS[-1]) if closure.follow_up else None
        CaseClosure.objects.create(
            request=request, outcome=closure.outcome, reason=closure.reason, follow_up_until=until
        )
    record("case.move_asked", case, by=by, move=str(move))
    return request


@transaction.atomic
def ask_to_merge(case: Case, into: Case, words: Mapping[str, object], *, by: Actor) -> MoveRequest:
    """Ask another person to merge a case into one of the same child. Both stay as they are before they have agreed.

    Raises:
        CaseMoveNotPossible, NeedsWords: as above.
        NotMergeable, OpenToOthers, MergeObstructed: as `require_mergeable` does.
    """
    lock_in_order(case, into)
    case, into = lock_worked_case(case, by=by), lock_worked_case(into, by=by)
    require_mergeable(case, into)
    request = _write_request(case, CaseMove.MERGE, words, by=by)
    save_stamped(CaseMerge(request=request, into=into, stage_before=case.stage))
    record("case.move_asked", case, by=by, move=str(CaseMove.MERGE))
    return request


def _write_request(case: Case, move: CaseMove, words: Mapping[str, object], *, by: Actor) -> MoveRequest:
    if move not in MOVES_OF_TWO or is_request_open(case):
        raise CaseMoveNotPossible
    require_gate(case, move)
    if not any(words.values()):
        raise NeedsWords
    envelope = seal_words(case, words, CasePurpose.REQUEST, by=by)
    request = MoveRequest(case=case, move=move, envelope=envelope, author=account_of(by))
    save_stamped(request)
    save_case(case)
    add_entry(case, EntryKind.ASKED, by=by, code=move)
    return request


def is_request_open(case: Case) -> bool:
    """Whether somebody asks for a decision at this moment."""
    return case.requests.filter(state=RequestState.ASKED).exists()


@transaction.atomic
def approve_move(request: MoveRequest, words: str = "", *, by: Actor) -> Case:
    """A supervisor who has not asked agrees, and the case moves in the same transaction.

    Raises:
        CaseMoveNotPossible: it is decided, or the case stands elsewhere by now.
        NotTheAsker: whoever asked does not decide.
        RequirementsLack, Obstructed, OutcomeNotPossible: something lacks or runs by now.
        NeedsWords: where the risk is high, ending help that was declined needs the lead's reason.
        NotMergeable, OpenToOthers: as `require_mergeable` does.
    """
    if request.move == CaseMove.MERGE:
        return _approve_merge(request, by=by)
    case, request = _lock_request(request, by=by)
    closure = CaseClosure.objects.filter(request=request).first()
    if closure is not None:
        _require_closable(case, ClosureOutcome(closure.outcome))
        _require_reason_of_lead(case, ClosureOutcome(closure.outcome), words, by=by)
    _decide(request, RequestState.APPROVED, by=by)
    _move(case, CaseMove(request.move), words=words, by=by)
    if closure is not None and closure.follow_up_until:
        _write_follow_ups(case, by=by)
    record("case.move_approved", case, by=by, move=request.move, asked_by=request.author_id)
    return case


def _approve_merge(request: MoveRequest, *, by: Actor) -> Case:
    """The same for two cases that become one. Whoever agrees may open both."""
    merge = verify_stamp(CaseMerge.objects.select_related("into").get(request=request))
    lock_in_order(request.case, merge.into)
    case, request = _lock_request(request, by=by)
    into = lock_supervised_case(merge.into, by=by)
    _decide(request, RequestState.APPROVED, by=by)
    require_mergeable(case, into)
    merge.stage_before = case.stage
    _move(case, CaseMove.MERGE, by=by)
    complete_merge(merge, case, by=by)
    record("case.move_approved", case, by=by, move=request.move, asked_by=request.author_id)
    return case


@transaction.atomic
def give_back_move(request: MoveRequest, words: str, *, by: Actor) -> MoveRequest:
    """The second person does not agree, and says why. The case stays where it is.

    Raises:
        CaseMoveNotPossible, NotTheAsker: as above.
        NeedsWords: there is no reason.
    """
    case, request = _lock_request(request, by=by)
    if not words.strip():
        raise NeedsWords
    _decide(request, RequestState.RETURNED, by=by)
    save_case(case)
    add_entry(case, EntryKind.RETURNED, by=by, code=request.move, text=words, language=language_of(by, case))
    record("case.move_returned", case, by=by, move=request.move)
    return request


@transaction.atomic
def withdraw_request(request: MoveRequest, *, by: Actor) -> MoveRequest:
    """Whoever asked no longer does.

    Raises:
        CaseMoveNotPossible: it is decided, or somebody else asked.
    """
    case = lock_worked_case(request.case, by=by)
    request = lock_row(request, case, RequestState.ASKED)
    if request.author != account_of(by):
        raise CaseMoveNotPossible
    request.state, request.decided_at = RequestState.WITHDRAWN, timezone.now()
    update_stamped(request, "state", "decided_at")
    record("case.request_withdrawn", request.case, by=by, move=request.move)
    return request


def _lock_request(request: MoveRequest, *, by: Actor) -> tuple[Case, MoveRequest]:
    case = lock_supervised_case(request.case, by=by)
    request = lock_row(request, case, RequestState.ASKED)
    if request.author is None or request.author == account_of(by):
        raise NotTheAsker
    return case, request


def _decide(request: MoveRequest, state: RequestState, *, by: Actor) -> None:
    request.state, request.decided_by, request.decided_at = state, account_of(by), timezone.now()
    update_stamped(request, "state", "decided_by", "decided_at")


def _move(case: Case, move: CaseMove, *, words: str = "", by: Actor) -> None:
    case.stage = require_gate(case, move)
    if move != CaseMove.MERGE:  # a merged case keeps what it was, because the merge can be undone
        case.closed_at = timezone.now() if move == CaseMove.CLOSE else None
    case.erase_on = None
    save_case(case, "stage", "closed_at", "erase_on")
    add_entry(
        case, EntryKind.STAGE, by=by, code=case.stage, text=words, language=language_of(by, case) if words else ""
    )
    record("case.moved", case, by=by, move=str(move), stage=case.stage)


def _require_closable(case: Case, outcome: ClosureOutcome) -> None:
    if not is_possible_outcome(case, outcome):
        raise OutcomeNotPossible
    if obstacles := obstacles_to(Ending.CLOSE, case):
        raise Obstructed(obstacles)


def _require_reason_of_lead(case: Case, outcome: ClosureOutcome, words: str, *, by: Actor) -> None:
    if outcome == ClosureOutcome.DECLINED_FURTHER_HELP and case.risk in HIGH_RISKS:
        require(by, "desks.lead_case", case)
        if not words.strip():
            raise NeedsWords


def _write_follow_ups(case: Case, *, by: Actor) -> None:
    """The follow-ups that belong to a closed case, in the language of its desk."""
    with override(language_of_desk(case.desk)):
        words = _("Follow-up: is the child safe?")
    for months in FOLLOW_UP_MONTHS:
        due_at = noon_of(in_months(today(), months), case.desk)
        write_task(case, words, due_at=due_at, kind=TaskKind.FOLLOW_UP, by=by)


def in_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
