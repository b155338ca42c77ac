"""A plan is written, by two at the same time too, and its approval asked for. No vault need be open for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from desks.assessments.errors import TwoTexts
from desks.cases.errors import NeedsWords, StaleDraft
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from desks.plans.completeness import require_complete
from desks.plans.models import Goal, Plan
from desks.plans.states import PlanState
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import erase_envelope
from victor.vault.records.drafts import follow_envelope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from desks.cases.models import Case
    from desks.plans.completeness import PlanText
    from victor.vault.records.models import Envelope


@transaction.atomic
def save_plan(case: Case, text: PlanText, *, seen: UUID | None, by: Actor) -> Plan:
    """Save what is being written. `seen` is the envelope of the draft that the page showed; None where it showed none.

    Where another text was saved meanwhile, this one is kept beside it as a second text.

    Raises:
        NeedsWords: nothing is written.
    """
    case = lock_running_case(case, by=by)
    row = _write_text(case, text, seen=seen, by=by)
    save_case(case)
    record("case.plan_drafted", case, by=by, version=row.version, state=str(row.state))
    return row


@transaction.atomic
def autosave_plan(case: Case, text: PlanText, *, seen: UUID | None, by: Actor) -> Plan | None:
    """What the page saves by itself while somebody writes. The log notes who began or took over, and not each saving.

    None where nothing is written.

    Raises:
        StaleDraft: another text was saved meanwhile.
    """
    case = lock_running_case(case, by=by)
    draft = Plan.objects.drafts().filter(case=case).select_for_update().first()
    if seen != (draft.envelope_id if draft else None):
        raise StaleDraft
    if text.is_empty:
        return draft
    if draft is None or draft.author != account_of(by):
        return save_plan(case, text, seen=seen, by=by)
    before = verify_stamp(draft).envelope
    _update_draft(draft, follow_envelope(before, text.content), by=by)
    before.delete()
    _write_goals(draft, text)
    return draft


@transaction.atomic
def request_approval(case: Case, text: PlanText, *, seen: UUID | None, by: Actor) -> Plan:
    """Ask a supervisor to approve a plan: from now on nobody changes this version. A stale text is kept, not asked for.

    Raises:
        PlanLacks, ChildNotHeard, ReturnLacks: as `require_complete` does.
        TwoTexts: two texts wait for a choice.
    """
    require_complete(case, text)
    case = lock_running_case(case, by=by)
    if Plan.objects.seconds().filter(case=case).exists():
        raise TwoTexts
    row = _write_text(case, text, seen=seen, by=by)
    save_case(case)
    if row.state == PlanState.SECOND:
        record("case.plan_drafted", case, by=by, version=row.version, state=str(row.state))
        return row
    supersede(row, PlanState.ASKED, PlanState.RETURNED)
    row.state, row.made_at, row.author = PlanState.ASKED, timezone.now(), account_of(by)
    update_stamped(row, "state", "made_at", "author")
    add_entry(case, EntryKind.PLAN, by=by, code=PlanState.ASKED)
    record("case.plan_asked", case, by=by, version=row.version)
    return row


@transaction.atomic
def use_second_plan(second: Plan, *, by: Actor) -> Plan:
    """Of two texts the second one is the draft now. The first is kept, set aside.

    Raises:
        CaseMoveNotPossible: somebody has chosen already.
    """
    case = lock_running_case(second.case, by=by)
    second = lock_row(second, case, PlanState.SECOND)
    draft = Plan.objects.drafts().filter(case=case).select_for_update().first()
    if draft is not None:
        verify_stamp(draft).state = PlanState.SET_ASIDE
        update_stamped(draft, "state")
    second.state, second.version = PlanState.DRAFT, _next_version(case)
    update_stamped(second, "state", "version")
    save_case(case)
    record("case.plan_drafted", case, by=by, version=second.version, state=str(second.state))
    return second


@transaction.atomic
def set_second_plan_aside(second: Plan, *, by: Actor) -> Plan:
    """Of two texts the one that was saved first stays. The second is kept, and no longer asks for a choice.

    Raises:
        CaseMoveNotPossible: somebody has chosen already.
    """
    case = lock_running_case(second.case, by=by)
    second = lock_row(second, case, PlanState.SECOND)
    second.state = PlanState.SET_ASIDE
    update_stamped(second, "state")
    record("case.plan_set_aside", case, by=by, version=second.version)
    return second


def supersede(row: Plan, *states: PlanState) -> None:
    """A version replaces the earlier ones of its case that stand in one of these states."""
    earlier = Plan.objects.filter(case=row.case_id, state__in=states, version__lt=row.version)
    for older in earlier.select_for_update():
        verify_stamp(older).state = PlanState.SUPERSEDED
        update_stamped(older, "state")


def _write_text(case: Case, text: PlanText, *, seen: UUID | None, by: Actor) -> Plan:
    """The draft with this text, or a second text where the page did not show the draft as it is."""
    if text.is_empty:
        raise NeedsWords
    draft = Plan.objects.drafts().filter(case=case).select_for_update().first()
    is_stale = seen != (draft.envelope_id if draft else None)
    envelope = seal_words(case, text.content, CasePurpose.PLAN, by=by)
    if draft is None or is_stale:
        state = PlanState.SECOND if is_stale else PlanState.DRAFT
        row = Plan(case=case, version=_next_version(case), state=state, envelope=envelope)
        row.author, row.writers = account_of(by), _with(by, [])
        save_stamped(row)
    else:
        row, before = verify_stamp(draft), draft.envelope
        _update_draft(row, envelope, by=by)
        erase_envelope(before, by=by)
    _write_goals(row, text)
    return row


def _update_draft(row: Plan, envelope: Envelope, *, by: Actor) -> None:
    row.envelope, row.author, row.made_at = envelope, account_of(by), timezone.now()
    row.writers = _with(by, row.writers)
    update_stamped(row, "envelope", "author", "made_at", "writers")


def _write_goals(row: Plan, text: PlanText) -> None:
    row.goals.all().delete()
    for number, goal in enumerate(text.goals, start=1):
        save_stamped(Goal(case_id=row.case_id, plan=row, number=number, kind=goal.kind, planned_on=goal.planned_on))


def _with(by: Actor, writers: Iterable[int]) -> list[int]:
    account = account_of(by)
    return sorted({*writers, *([account.pk] if account else [])})


def _next_version(case: Case) -> int:
    return (Plan.objects.frozen().filter(case=case).aggregate(last=Max("version"))["last"] or 0) + 1
