"""The child's guardian and family: what was asked for, who was appointed, whom nobody contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.casework import Guardian, Relative
from desks.cases.code_lists import Answer, GuardianKind, RelativeKind
from desks.cases.errors import CaseMoveNotPossible, FamilyMayBeInvolved, InTheFuture, NeedsWords, TracingBlocked
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.models import today
from desks.cases.states import GUARDIAN_MOVES, CasePurpose, EntryKind, GuardianState
from desks.cases.timeline import add_entry, seal_words
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.cases.models import Case


@transaction.atomic
def record_guardian(
    case: Case,
    state: GuardianState,
    words: Mapping[str, object],
    *,
    happened_on: date,
    kind: GuardianKind = GuardianKind.UNKNOWN,
    conflict_checked: bool = False,
    conflict: bool = False,
    by: Actor,
) -> Guardian:
    """Record a step about the guardian. A request is asked again each week until somebody is appointed.

    `words`: name, contact, the authority's number; where none is needed, why.

    Raises:
        CaseMoveNotPossible: the step does not follow from where the guardian stands.
        FamilyMayBeInvolved: only a child with a parent who is not involved needs none.
        NeedsWords: nothing says who, or why.
        InTheFuture: the day has not come.
    """
    case = lock_running_case(case, by=by)
    if case.guardian_state not in GUARDIAN_MOVES.get(state, frozenset()):
        raise CaseMoveNotPossible
    if state == GuardianState.NOT_NEEDED and {case.unaccompanied, case.family_may_be_involved} != {Answer.NO}:
        raise FamilyMayBeInvolved
    if not any(words.values()):
        raise NeedsWords
    if happened_on > today():
        raise InTheFuture
    envelope = seal_words(case, words, CasePurpose.GUARDIAN, by=by)
    row = Guardian(case=case, state=state, kind=kind, happened_on=happened_on, envelope=envelope)
    row.conflict_checked, row.conflict, row.author = conflict_checked, conflict, account_of(by)
    save_stamped(row)
    case.guardian_state, case.guardian_at = state, timezone.now()
    save_case(case, "guardian_state", "guardian_at")
    add_entry(case, EntryKind.GUARDIAN, by=by, code=state)
    record("case.guardian_recorded", case, by=by, state=str(state))
    return row


@transaction.atomic
def add_relative(
    case: Case, relation: RelativeKind, words: Mapping[str, object], *, blocked: bool, by: Actor
) -> Relative:
    """Add somebody of the family. While a family member may be involved, they are blocked.

    Raises:
        NeedsWords: nothing is written.
        TracingBlocked: they would not be blocked.
    """
    case = lock_running_case(case, by=by)
    if not any(words.values()):
        raise NeedsWords
    if not blocked:
        _require_tracing(case)
    envelope = seal_words(case, words, CasePurpose.RELATIVE, by=by)
    row = Relative(case=case, relation=relation, blocked=blocked, envelope=envelope, author=account_of(by))
    save_stamped(row)
    save_case(case)
    add_entry(case, EntryKind.RELATIVE, by=by, code=relation)
    record("case.relative_added", case, by=by, blocked=blocked)
    return row


@transaction.atomic
def block_relative(relative: Relative, *, by: Actor) -> Relative:
    """From now on nobody contacts this person."""
    return _set_blocked(relative, blocked=True, by=by)


@transaction.atomic
def allow_relative(relative: Relative, *, by: Actor) -> Relative:
    """This person may be contacted.

    Raises:
        TracingBlocked: a family member may be involved, or this is not known.
    """
    return _set_blocked(relative, blocked=False, by=by)


def _set_blocked(relative: Relative, *, blocked: bool, by: Actor) -> Relative:
    case = lock_running_case(relative.case, by=by)
    relative = lock_row(relative, case)
    if not blocked:
        _require_tracing(case)
    relative.blocked = blocked
    update_stamped(relative, "blocked")
    save_case(case)
    add_entry(case, EntryKind.RELATIVE, by=by, code=relative.relation)
    record("case.relative_blocked" if blocked else "case.relative_allowed", case, by=by, relative=relative.pk)
    return relative


def _require_tracing(case: Case) -> None:
    if case.family_may_be_involved != Answer.NO:
        raise TracingBlocked
