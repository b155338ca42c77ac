"""The steps of a case that ask for something, and what a reader may do beside them: the registry.

The page offers exactly what the action accepts. A slice adds its steps in a module `case_steps.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desks.cases.closures import is_request_open
from desks.cases.locks import group_of, holders_of
from desks.cases.rules import is_lead, supervises
from desks.cases.states import CASE_MOVES, STATUS_MOVES, CaseMove, Stage, VictimStatus
from desks.desk.errors import NoKeys

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.forms import StepForm
    from desks.cases.models import Case
    from victor.accounts.models import User


@dataclass(frozen=True)
class Step:
    """One step: its name in the address, its words, its form, its action, and to whom it is offered."""

    name: str
    title: StrOrPromise
    verb: StrOrPromise
    message: StrOrPromise
    form: type[StepForm]
    apply: Callable[[Case, Any, User], object]
    is_offered: Callable[[Case, User], bool]
    lead: StrOrPromise = ""
    is_rare: bool = False  # stands under "More"
    section: str = "now"
    needs_vault: bool = False
    is_for_blocked: bool = False  # is taken where the record is kept and not used, too


STEPS: dict[str, Step] = {}


def add_step(step: Step) -> Step:
    """Offer a step on the page of every case."""
    STEPS[step.name] = step
    return step


def can_write(case: Case, user: User) -> bool:
    """Whether the record may be used, and this person could read what they write."""
    return not case.is_blocked and holds_keys(case, user)


def holds_keys(case: Case, user: User) -> bool:
    """Whether this person holds the keys of the case."""
    try:
        return holders_of(group_of(case)).filter(pk=user.pk).exists()
    except NoKeys:
        return False


def offered_steps(case: Case, user: User) -> list[Step]:
    """The steps that this person can take now."""
    if not holds_keys(case, user):
        return []
    return [step for step in STEPS.values() if may_take(step, case, user)]


def may_take(step: Step, case: Case, user: User) -> bool:
    """Whether whoever holds the keys can take a step now."""
    return (step.is_for_blocked or not case.is_blocked) and step.is_offered(case, user)


@dataclass(frozen=True)
class Rights:
    """What a reader may do with a case beside the steps: each page shows exactly that."""

    may_write: bool
    may_settle: bool
    may_take: bool
    may_status: bool
    may_restrict: bool
    may_name: bool
    may_supervise: bool
    may_merge: bool
    may_answer: bool  # what people ask about their record, and print it for them


def rights_of(case: Case, user: User) -> Rights:
    """The rights of a reader."""
    is_able = can_write(case, user)
    leads = is_able and bool(is_lead(user, case)) and case.stage != Stage.MERGED  # who opens it, the other case says
    return Rights(
        may_write=is_able and case.is_running,
        may_settle=is_able,
        may_take=is_able and case.is_running and case.worker_id is None,
        may_status=is_able and has_status_step(case, user),
        may_restrict=leads and not case.is_restricted,
        may_name=leads and case.is_restricted,
        may_supervise=is_able and bool(supervises(user, case)),
        may_answer=holds_keys(case, user),
        may_merge=is_able and case.stage in CASE_MOVES[CaseMove.MERGE][0] and not is_request_open(case),
    )


def has_status_step(case: Case, user: User) -> bool:
    """Whether there is a status that this person may record."""
    possible = {status for status, starts in STATUS_MOVES.items() if case.victim_status in starts}
    if not supervises(user, case):
        possible -= {VictimStatus.PRESUMED}
    return case.is_running and bool(possible)
