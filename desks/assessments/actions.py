"""Assessments are written and signed. What is written is sealed, and no vault need be open for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from desks.assessments.clocks import MOST_MONTHS
from desks.assessments.errors import AnswersLack, ChildNotHeard, NextDayNotPossible, TwoTexts
from desks.assessments.models import Assessment
from desks.assessments.questions import is_child_heard, open_questions
from desks.assessments.states import CURRENT_STATES, HAS_NEXT_DAY, AssessmentKind, AssessmentState
from desks.cases.actions import compose_risk_alerts, set_risk
from desks.cases.closures import in_months
from desks.cases.errors import NeedsWords, StaleDraft
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.models import today
from desks.cases.states import CasePurpose, EntryKind, is_lower
from desks.cases.timeline import add_entry, seal_words
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import erase_envelope
from victor.vault.records.drafts import follow_envelope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from desks.cases.models import Case
    from desks.reports.states import Risk

LOWER_RISK = "lower_risk"  # what the timeline says is asked for


@transaction.atomic
def save_draft(
    case: Case, kind: AssessmentKind, answers: Mapping[str, object], *, seen: UUID | None, by: Actor
) -> Assessment:
    """Save what is being written. `seen` is the envelope of the draft that the page showed; None where it showed none.

    Where another text was saved meanwhile, this one is kept beside it as a second text: nothing that was typed is
    lost, and nothing that somebody else has saved is written over.

    Raises:
        NeedsWords: nothing is written.
    """
    case = lock_running_case(case, by=by)
    row = _write_text(case, kind, answers, seen=seen, by=by)
    save_case(case)
    record("case.assessment_drafted", case, by=by, kind=str(kind), version=row.version, state=str(row.state))
    return row


@transaction.atomic
def autosave_draft(
    case: Case, kind: AssessmentKind, answers: Mapping[str, object], *, seen: UUID | None, by: Actor
) -> Assessment | None:
    """What the page saves by itself while somebody writes. The log notes who began or took over, and not each saving.

    None where nothing is written.

    Raises:
        StaleDraft: another text was saved meanwhile.
    """
    case = lock_running_case(case, by=by)
    draft = Assessment.objects.draft_of(kind).filter(case=case).select_for_update().first()
    if seen != (draft.envelope_id if draft else None):
        raise StaleDraft
    if not any(answers.values()):
        return draft
    if draft is None or draft.author != account_of(by):
        return save_draft(case, kind, answers, seen=seen, by=by)
    before = verify_stamp(draft).envelope
    draft.envelope, draft.made_at = follow_envelope(before, dict(answers)), timezone.now()
    update_stamped(draft, "envelope", "made_at")
    before.delete()
    return draft


@transaction.atomic
def finish_assessment(
    case: Case,
    kind: AssessmentKind,
    answers: Mapping[str, object],
    *,
    risk: Risk | None = None,
    next_on: date | None = None,
    seen: UUID | None,
    by: Actor,
) -> Assessment:
    """Sign an assessment: from now on nobody changes it. A stale text is not signed but kept as a second text.

    A risk that is higher or the same counts at once. A lower one, and a determination, wait for another supervisor.

    Raises:
        AnswersLack, ChildNotHeard, NextDayNotPossible: as `require_complete` does.
        TwoTexts: two texts wait for a choice.
    """
    require_complete(kind, answers, risk=risk, next_on=next_on)
    alerts = compose_risk_alerts(case, risk) if risk is not None else {}
    case = lock_running_case(case, by=by)
    if Assessment.objects.seconds_of(kind).filter(case=case).exists():
        raise TwoTexts
    row = _write_text(case, kind, answers, seen=seen, by=by)
    if row.state == AssessmentState.SECOND:
        save_case(case)
        record("case.assessment_drafted", case, by=by, kind=str(kind), version=row.version, state=str(row.state))
        return row
    lowers = kind == AssessmentKind.RISK and risk is not None and is_lower(risk, case.risk)
    state = AssessmentState.ASKED if lowers or kind == AssessmentKind.BID else AssessmentState.DONE
    supersede(row, keep=state if kind == AssessmentKind.BID else None)
    row.state, row.risk, row.next_on = state, risk or "", next_on
    row.made_at, row.author = timezone.now(), account_of(by)
    update_stamped(row, "state", "risk", "next_on", "made_at", "author")
    add_entry(case, EntryKind.ASSESSMENT, by=by, code=kind)
    case.risk_assessed_at = row.made_at if risk is not None else case.risk_assessed_at
    save_case(case, "risk_assessed_at")
    if lowers:
        add_entry(case, EntryKind.ASKED, by=by, code=LOWER_RISK)
    elif risk is not None:
        set_risk(case, risk, str(answers["reason"]), alerts=alerts, by=by)
    record("case.assessment_finished", case, by=by, kind=str(kind), version=row.version, state=str(state))
    return row


@transaction.atomic
def use_second_text(second: Assessment, *, by: Actor) -> Assessment:
    """Of two texts the second one is the draft now. The first is kept, set aside.

    Raises:
        CaseMoveNotPossible: somebody has chosen already.
    """
    case = lock_running_case(second.case, by=by)
    second = lock_row(second, case, AssessmentState.SECOND)
    draft = Assessment.objects.draft_of(AssessmentKind(second.kind)).filter(case=case).select_for_update().first()
    if draft is not None:
        verify_stamp(draft).state = AssessmentState.SET_ASIDE
        update_stamped(draft, "state")
    second.state, second.version = AssessmentState.DRAFT, _next_version(case, AssessmentKind(second.kind))
    update_stamped(second, "state", "version")
    save_case(case)
    record("case.assessment_drafted", case, by=by, kind=second.kind, version=second.version, state=second.state)
    return second


@transaction.atomic
def set_second_text_aside(second: Assessment, *, by: Actor) -> Assessment:
    """Of two texts the one that was saved first stays. The second is kept, and no longer asks for a choice.

    Raises:
        CaseMoveNotPossible: somebody has chosen already.
    """
    case = lock_running_case(second.case, by=by)
    second = lock_row(second, case, AssessmentState.SECOND)
    second.state = AssessmentState.SET_ASIDE
    update_stamped(second, "state")
    record("case.draft_set_aside", case, by=by, kind=second.kind)
    return second


def require_complete(
    kind: AssessmentKind, answers: Mapping[str, object], *, risk: Risk | None, next_on: date | None
) -> None:
    """Refuse to sign what is not whole.

    Raises:
        AnswersLack: something is not answered.
        ChildNotHeard: the child's view is not there, nor why the child was not asked.
        NextDayNotPossible: the next day is past or more than three months away.
    """
    lacking = open_questions(kind, answers)
    if kind == AssessmentKind.RISK and risk is None:
        lacking.append("risk")
    if kind in HAS_NEXT_DAY and next_on is None:
        lacking.append("next_on")
    if lacking:
        raise AnswersLack(lacking)
    if not is_child_heard(kind, answers):
        raise ChildNotHeard
    if next_on is not None and not today() <= next_on <= in_months(today(), MOST_MONTHS):
        raise NextDayNotPossible


def supersede(row: Assessment, *, keep: AssessmentState | None = None) -> None:
    """A later one replaces what was signed before. Of determinations the approved one stays until the next is."""
    earlier = Assessment.objects.current().filter(case=row.case_id, kind=row.kind).exclude(pk=row.pk)
    if keep is not None:
        earlier = earlier.filter(state__in=sorted(CURRENT_STATES - {AssessmentState.APPROVED}))
    for older in earlier.select_for_update():
        verify_stamp(older).state = AssessmentState.SUPERSEDED
        update_stamped(older, "state")


def _write_text(
    case: Case, kind: AssessmentKind, answers: Mapping[str, object], *, seen: UUID | None, by: Actor
) -> Assessment:
    """The draft with these answers, or a second text where the page did not show the draft as it is."""
    if not any(answers.values()):
        raise NeedsWords
    draft = Assessment.objects.draft_of(kind).filter(case=case).select_for_update().first()
    is_stale = seen != (draft.envelope_id if draft else None)
    envelope = seal_words(case, answers, CasePurpose.ASSESSMENT, by=by)
    if draft is None or is_stale:
        state = AssessmentState.SECOND if is_stale else AssessmentState.DRAFT
        row = Assessment(case=case, kind=kind, version=_next_version(case, kind), state=state, envelope=envelope)
        row.author = account_of(by)
        save_stamped(row)
        return row
    before = verify_stamp(draft).envelope
    draft.envelope, draft.author, draft.made_at = envelope, account_of(by), timezone.now()
    update_stamped(draft, "envelope", "author", "made_at")
    erase_envelope(before, by=by)
    return draft


def _next_version(case: Case, kind: AssessmentKind) -> int:
    signed = Assessment.objects.signed().filter(case=case, kind=kind)
    return (signed.aggregate(last=Max("version"))["last"] or 0) + 1
