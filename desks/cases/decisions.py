"""Whether the child is a victim: the desk sees indications, a supervisor presumes, a competent body decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.casework import CasePhase, StatusDecision
from desks.cases.code_lists import Phase, StatusBody
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsPaper, NeedsWords, SupervisorDecides
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.models import today
from desks.cases.requests import StatusRequest
from desks.cases.rules import supervises
from desks.cases.states import (
    DECIDED_BY_OTHERS,
    STATUS_MOVES,
    CasePurpose,
    EntryKind,
    StatusRequestState,
    VictimStatus,
)
from desks.cases.timeline import add_entry, language_of, seal_words
from victor.access import Actor, account_of, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import save_sealed_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desks.cases.models import Case
    from victor.vault.records.models import SealedFile

# Asked of higher slices: what begins, in the same transaction, once a child is presumed a victim.
AFTER_PRESUMING: list[Callable[[Case, Actor], object]] = []


def after_presuming(act: Callable[[Case, Actor], object]) -> Callable[[Case, Actor], object]:
    """Do this when a child is presumed, or identified as, a victim for the first time."""
    AFTER_PRESUMING.append(act)
    return act


@transaction.atomic
def record_status(
    case: Case,
    status: VictimStatus,
    words: str,
    *,
    body: StatusBody | None = None,
    decided_on: date | None = None,
    received_on: date | None = None,
    paper: SealedFile | None = None,
    by: Actor,
) -> StatusDecision:
    """Record the status of the child. `paper` was encrypted into the case's record before; its row is saved here.

    What a supervisor records, or a body has decided, settles a request to decide.

    Raises:
        PermissionDenied: only a supervisor presumes.
        CaseMoveNotPossible: the status does not follow from the one before.
        NeedsPaper: what a body decides needs the body, the days and the paper.
        NeedsWords: there are no grounds.
        InTheFuture: a day has not come.
    """
    case = lock_running_case(case, by=by)
    if status == VictimStatus.PRESUMED:
        require(by, "desks.supervise_case", case)
    if case.victim_status not in STATUS_MOVES[status]:
        raise CaseMoveNotPossible
    if not words.strip():
        raise NeedsWords
    is_of_body = status in DECIDED_BY_OTHERS
    if is_of_body and not (body and decided_on and received_on and paper and paper.key_id == case.key_id):
        raise NeedsPaper
    decided_on = decided_on or today()
    if max(decided_on, received_on or decided_on) > today():
        raise InTheFuture
    if paper is not None:
        save_sealed_file(paper, by=by)
    envelope = seal_words(case, {"text": words}, CasePurpose.STATUS, by=by)
    row = StatusDecision(case=case, status=status, decided_on=decided_on, envelope=envelope, author=account_of(by))
    row.body, row.received_on, row.paper = body or "", received_on, paper
    save_stamped(row)
    _set_status(case, row, by)
    if is_of_body or _is_supervisor(by, case):
        _settle_request(case, StatusRequestState.DECIDED, by=by)
    add_entry(case, EntryKind.STATUS, by=by, code=status)
    record("case.status_recorded", case, by=by, status=str(status), body=row.body)
    return row


def _set_status(case: Case, row: StatusDecision, by: Actor) -> None:
    is_first = case.presumed_at is None and row.status in {VictimStatus.PRESUMED, VictimStatus.IDENTIFIED}
    case.victim_status, case.status_body = row.status, row.body
    if is_first:
        case.presumed_at = timezone.now()
    save_case(case, "victim_status", "status_body", "presumed_at")
    for act in AFTER_PRESUMING if is_first else ():
        act(case, by)


@transaction.atomic
def ask_to_presume(case: Case, *, by: Actor) -> StatusRequest:
    """Ask the supervisors of the desk whether the child is presumed a victim. One such request waits at a time.

    Raises:
        CaseMoveNotPossible: somebody has asked already, or the child is presumed or identified.
        SupervisorDecides: a supervisor asks nobody.
    """
    case = lock_running_case(case, by=by)
    if _is_supervisor(by, case):
        raise SupervisorDecides
    if not is_presumable(case) or open_request(case) is not None:
        raise CaseMoveNotPossible
    row = StatusRequest(case=case, author=account_of(by))
    save_stamped(row)
    save_case(case)
    add_entry(case, EntryKind.ASK_STATUS, by=by)
    record("case.status_asked", case, by=by)
    return row


@transaction.atomic
def decline_status(case: Case, words: str, *, by: Actor) -> StatusRequest:
    """A supervisor does not presume that the child is a victim, and says why. The status stays as it is.

    Raises:
        PermissionDenied: only a supervisor decides.
        NeedsWords: there is no reason.
        CaseMoveNotPossible: nobody asks any more.
    """
    case = lock_running_case(case, by=by)
    require(by, "desks.supervise_case", case)
    if not words.strip():
        raise NeedsWords
    row = _settle_request(case, StatusRequestState.DECLINED, by=by)
    if row is None:
        raise CaseMoveNotPossible
    save_case(case)
    add_entry(case, EntryKind.NO_STATUS, by=by, text=words, language=language_of(by, case))
    record("case.status_declined", case, by=by)
    return row


def is_presumable(case: Case) -> bool:
    """Whether a supervisor could presume that the child is a victim."""
    return case.victim_status in STATUS_MOVES[VictimStatus.PRESUMED]


def open_request(case: Case) -> StatusRequest | None:
    """The request to decide about the status that waits, with whoever asked."""
    rows = StatusRequest.objects.filter(case=case, state=StatusRequestState.ASKED)
    return rows.select_related("author").first()


def _settle_request(case: Case, state: StatusRequestState, *, by: Actor) -> StatusRequest | None:
    rows = StatusRequest.objects.filter(case=case, state=StatusRequestState.ASKED)
    row = rows.select_for_update(of=["self"]).first()
    if row is not None:
        verify_stamp(row)
        row.state, row.decided_by, row.decided_at = state, account_of(by), timezone.now()
        update_stamped(row, "state", "decided_by", "decided_at")
    return row


def _is_supervisor(by: Actor, case: Case) -> bool:
    return isinstance(by, User) and bool(supervises(by, case))


@transaction.atomic
def begin_phase(case: Case, phase: Phase, words: str, *, by: Actor) -> CasePhase:
    """A phase begins. Several run at the same time.

    Raises:
        CaseMoveNotPossible: it runs already.
        NeedsWords: there is no reason.
    """
    case = lock_running_case(case, by=by)
    if CasePhase.objects.filter(case=case, phase=phase, until=None).exists():
        raise CaseMoveNotPossible
    if not words.strip():
        raise NeedsWords
    envelope = seal_words(case, {"text": words}, CasePurpose.PHASE, by=by)
    row = CasePhase(case=case, phase=phase, since=today(), envelope=envelope, author=account_of(by))
    save_stamped(row)
    save_case(case)
    add_entry(case, EntryKind.PHASE, by=by, code=str(phase.value))
    record("case.phase_begun", case, by=by, phase=phase.value)
    return row


@transaction.atomic
def end_phase(phase: CasePhase, *, by: Actor) -> CasePhase:
    """A phase is over.

    Raises:
        CaseMoveNotPossible: it was already.
    """
    case = lock_running_case(phase.case, by=by)
    phase = lock_row(phase, case)
    if phase.until is not None:
        raise CaseMoveNotPossible
    phase.until = max(today(), phase.since)
    phase.save(update_fields=["until"])
    save_case(case)
    add_entry(case, EntryKind.PHASE, by=by, code=str(phase.phase))
    record("case.phase_ended", case, by=by, phase=phase.phase)
    return phase
