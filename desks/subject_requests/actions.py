"""A request of a person concerned is received, its identity proved, its time extended; a second person decides it.

All of it is possible where the record is kept and not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.closures import in_months
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords
from desks.cases.locks import lock_kept_case, lock_row, save_case
from desks.cases.models import today
from desks.cases.states import CasePurpose, EntryKind, Stage
from desks.cases.timeline import add_entry, language_of, noon_of, seal_words
from desks.subject_requests.clocks import EXTENDED_MONTHS, MONTHS
from desks.subject_requests.errors import AlreadyExtended, IdentityNotChecked, KeptByLaw, SecondPersonDecides
from desks.subject_requests.models import SubjectRequest, SubjectRequestStep
from desks.subject_requests.states import RightKind, RightStep, SubjectDecision, SubjectRequestState
from victor.access import account_of, require
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.cases.models import Case
    from desks.subject_requests.states import Requester
    from victor.accounts.models import User


@dataclass(frozen=True)
class RequestFacts:
    """What is asked for, by whom, and when it came."""

    kind: RightKind
    requester: Requester
    received_on: date


@transaction.atomic
def receive_request(case: Case, facts: RequestFacts, words: Mapping[str, str], *, by: User) -> SubjectRequest:
    """Somebody asks about the record, by word or in writing. From that day there is one month.

    Raises:
        CaseMoveNotPossible: the case is merged; ask in the case in which the work goes on.
        InTheFuture: the day has not come.
        NeedsWords: nobody says what is asked for.
    """
    case = lock_kept_case(case, by=by)
    if case.stage == Stage.MERGED:
        raise CaseMoveNotPossible
    if facts.received_on > today():
        raise InTheFuture
    if not words.get("text", "").strip():
        raise NeedsWords
    row = SubjectRequest(case=case, kind=facts.kind, requester=facts.requester, received_on=facts.received_on)
    row.due_at = noon_of(in_months(facts.received_on, MONTHS), case.desk)
    row.author, row.envelope = account_of(by), seal_words(case, words, CasePurpose.RIGHTS, by=by)
    save_stamped(row)
    save_case(case)
    add_entry(case, EntryKind.RIGHTS, by=by, code=RightStep.RECEIVED)
    record("case.rights_received", case, by=by, kind=str(facts.kind), requester=str(facts.requester))
    return row


@transaction.atomic
def check_identity(request: SubjectRequest, words: str, *, by: User) -> SubjectRequest:
    """It is certain who asks. How that was proved is sealed; no copy of a document is kept for it.

    Raises:
        CaseMoveNotPossible: it is decided or withdrawn.
        NeedsWords: nobody says how.
    """
    case, row = _lock_open(request, by=by)
    row.identity_on = today()
    update_stamped(row, "identity_on")
    _add_step(case, row, RightStep.IDENTITY, words, by=by)
    record("case.rights_identity_checked", case, by=by, request=row.pk)
    return row


@transaction.atomic
def extend_request(request: SubjectRequest, words: str, *, by: User) -> SubjectRequest:
    """Two months more, for a reason that whoever asks is told within the first month.

    Raises:
        CaseMoveNotPossible: it is decided or withdrawn.
        AlreadyExtended: that was done before, or the month is over.
        NeedsWords: there is no reason.
    """
    case, row = _lock_open(request, by=by)
    if row.is_extended or today() > in_months(row.received_on, MONTHS):
        raise AlreadyExtended
    row.is_extended, row.due_at = True, noon_of(in_months(row.received_on, EXTENDED_MONTHS), case.desk)
    update_stamped(row, "is_extended", "due_at")
    _add_step(case, row, RightStep.EXTENDED, words, by=by)
    record("case.rights_extended", case, by=by, request=row.pk)
    return row


@transaction.atomic
def withdraw_request(request: SubjectRequest, words: str, *, by: User) -> SubjectRequest:
    """Whoever asked does not ask any more.

    Raises:
        CaseMoveNotPossible: it is decided or withdrawn.
        NeedsWords: nobody says how we know.
    """
    case, row = _lock_open(request, by=by)
    row.state = SubjectRequestState.WITHDRAWN
    update_stamped(row, "state")
    _add_step(case, row, RightStep.WITHDRAWN, words, by=by)
    record("case.rights_withdrawn", case, by=by, request=row.pk)
    return row


@transaction.atomic
def decide_request(request: SubjectRequest, decision: SubjectDecision, words: str, *, by: User) -> SubjectRequest:
    """A supervisor decides who has not received the request, and what was granted follows at once.

    Where "keep and do not use" is granted, nobody writes in the record from now on. Where deletion is granted in full,
    a closed case is deleted after the time of the warnings, an open one as soon as it is closed.

    Raises:
        PermissionDenied: `by` does not supervise the desk.
        CaseMoveNotPossible: it is decided or withdrawn.
        SecondPersonDecides: `by` has received it.
        IdentityNotChecked: something is granted, and nobody has checked who asks.
        KeptByLaw: deletion is granted in full of what the law keeps.
        NeedsWords: there is no reason.
    """
    case, row = _lock_open(request, by=by)
    require(by, "desks.supervise_case", case)
    if row.author_id == by.pk:
        raise SecondPersonDecides
    if decision != SubjectDecision.REFUSED and row.identity_on is None:
        raise IdentityNotChecked
    is_granted = decision == SubjectDecision.GRANTED
    if is_granted and row.kind == RightKind.ERASE and case.hold:
        raise KeptByLaw
    row.state, row.decision = SubjectRequestState.DECIDED, decision
    row.decided_by, row.decided_on = by, today()
    update_stamped(row, "state", "decision", "decided_by", "decided_on")
    is_new_block = is_granted and row.kind == RightKind.RESTRICT and not case.is_blocked
    if is_new_block:
        case.is_blocked = True
        case.save(update_fields=["is_blocked"])
        add_entry(case, EntryKind.BLOCKED, by=by)
    _add_step(case, row, RightStep.DECIDED, words, by=by)
    record("case.rights_decided", case, by=by, request=row.pk, decision=str(decision), blocked=is_new_block)
    return row


@transaction.atomic
def allow_use(case: Case, words: str, *, by: User) -> Case:
    """The record may be used again: the dispute is over, or somebody is in danger. Whoever asked is told before.

    Raises:
        PermissionDenied: `by` does not supervise the desk.
        CaseMoveNotPossible: it may be used.
        NeedsWords: there is no reason.
    """
    case = lock_kept_case(case, by=by)
    require(by, "desks.supervise_case", case)
    if not case.is_blocked:
        raise CaseMoveNotPossible
    if not words.strip():
        raise NeedsWords
    case.is_blocked = False
    save_case(case, "is_blocked")
    add_entry(case, EntryKind.UNBLOCKED, by=by, text=words, language=language_of(by, case))
    record("case.unblocked", case, by=by)
    return case


def _lock_open(request: SubjectRequest, *, by: User) -> tuple[Case, SubjectRequest]:
    case = lock_kept_case(request.case, by=by)
    return case, lock_row(request, case, SubjectRequestState.OPEN)


def _add_step(case: Case, row: SubjectRequest, kind: RightStep, words: str, *, by: User) -> None:
    if not words.strip():
        raise NeedsWords
    envelope = seal_words(case, {"text": words}, CasePurpose.RIGHTS, by=by)
    step = SubjectRequestStep(case=case, request=row, kind=kind, envelope=envelope)
    step.author = account_of(by)
    save_stamped(step)
    save_case(case)
    add_entry(case, EntryKind.RIGHTS, by=by, code=kind)
