"""What one person alone does not decide: a lower risk, and the record of a determination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.assessments.actions import LOWER_RISK, supersede
from desks.assessments.errors import NotLater
from desks.assessments.models import Assessment
from desks.assessments.states import AssessmentKind, AssessmentState
from desks.cases.errors import CaseMoveNotPossible, NeedsWords, NotTheAsker
from desks.cases.locks import lock_row, lock_supervised_case, save_case
from desks.cases.states import EntryKind, is_lower
from desks.cases.timeline import add_entry, language_of
from victor.access import account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import update_stamped

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.access import Actor


@transaction.atomic
def approve_assessment(assessment: Assessment, *, by: Actor) -> Assessment:
    """A supervisor who has not signed it agrees. A risk is lowered in the same transaction.

    Raises:
        CaseMoveNotPossible: it does not wait, or the desk no longer works on the case.
        NotTheAsker: whoever signed does not approve.
        NotLater: the risk was assessed again since then.
    """
    case, assessment = _lock_asked(assessment, by=by)
    if assessment.kind == AssessmentKind.RISK:
        _require_later(case, assessment)
    supersede(assessment)
    assessment.state, assessment.approver = AssessmentState.APPROVED, account_of(by)
    update_stamped(assessment, "state", "approver")
    if assessment.kind == AssessmentKind.RISK:
        case.risk, case.risk_at = assessment.risk, timezone.now()
        save_case(case, "risk", "risk_at")
        add_entry(case, EntryKind.RISK, by=by, code=assessment.risk)
        record("case.risk_lowered", case, by=by, risk=assessment.risk, asked_by=assessment.author_id)
    else:
        save_case(case)
        add_entry(case, EntryKind.ASSESSMENT, by=by, code=assessment.kind)
        record("case.assessment_approved", case, by=by, kind=assessment.kind, asked_by=assessment.author_id)
    return assessment


@transaction.atomic
def give_back_assessment(assessment: Assessment, words: str, *, by: Actor) -> Assessment:
    """The second person does not agree, and says why. The risk stays as it is; the assessment stays what it was.

    Raises:
        CaseMoveNotPossible, NotTheAsker: as above.
        NeedsWords: there is no reason.
    """
    case, assessment = _lock_asked(assessment, by=by)
    if not words.strip():
        raise NeedsWords
    assessment.state = AssessmentState.RETURNED
    update_stamped(assessment, "state")
    save_case(case)
    code = LOWER_RISK if assessment.kind == AssessmentKind.RISK else assessment.kind
    add_entry(case, EntryKind.RETURNED, by=by, code=code, text=words, language=language_of(by, case))
    record("case.assessment_returned", case, by=by, kind=assessment.kind)
    return assessment


def _lock_asked(assessment: Assessment, *, by: Actor) -> tuple[Case, Assessment]:
    case = lock_supervised_case(assessment.case, by=by)
    assessment = lock_row(assessment, case, AssessmentState.ASKED)
    if not case.is_running:
        raise CaseMoveNotPossible
    if assessment.author is None or assessment.author == account_of(by):
        raise NotTheAsker
    return case, assessment


def _require_later(case: Case, assessment: Assessment) -> None:
    """Nobody has assessed or set the risk since, and it would still go down."""
    is_last = case.risk_assessed_at is None or case.risk_assessed_at <= assessment.made_at
    is_last = is_last and not case.timeline.filter(kind=EntryKind.RISK, made_at__gt=assessment.made_at).exists()
    if not is_last or not is_lower(assessment.risk, case.risk):
        raise NotLater
