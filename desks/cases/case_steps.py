"""The steps of a case that this slice declares: each with its form, its words, who may take it, and its one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.cases import actions, assignments, closures, decisions, guardians, holds, merges, notes
from desks.cases.closures import ClosureFacts, is_request_open
from desks.cases.code_lists import ClosureOutcome, ClosureReason, GuardianKind, Phase, Priority, RelativeKind
from desks.cases.gates import next_gate
from desks.cases.rules import supervises
from desks.cases.states import CaseMove, GuardianState, Stage
from desks.cases.step_forms import (
    CloseForm,
    ColleagueForm,
    FactsForm,
    GuardianForm,
    HandOverForm,
    LeadForm,
    PhaseForm,
    ReasonForm,
    RelativeForm,
    RiskForm,
    TaskForm,
)
from desks.cases.steps import Step, add_step
from desks.reports.states import Risk

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User


def runs(case: Case, _user: User) -> bool:
    """Whether the desk works on the case."""
    return case.is_running


def _is_own(case: Case, user: User) -> bool:
    return case.is_running and case.worker_id == user.pk


def _may_assign(case: Case, user: User) -> bool:
    return case.is_running and case.worker_id != user.pk and bool(supervises(user, case))


def _leads_running(case: Case, user: User) -> bool:
    return case.is_running and bool(supervises(user, case))


def _may_decline_status(case: Case, user: User) -> bool:
    return _leads_running(case, user) and decisions.open_request(case) is not None


def _supervises(case: Case, user: User) -> bool:
    return bool(supervises(user, case))


def _may_close(case: Case, _user: User) -> bool:
    return case.is_running and not is_request_open(case)


def _may_reopen(case: Case, _user: User) -> bool:
    return case.stage == Stage.CLOSED and not is_request_open(case)


def _gate_is_open(case: Case, _user: User) -> bool:
    gate = next_gate(case) if case.is_running else None
    return gate is not None and gate.is_open and not is_request_open(case)


def _may_undo_merge(case: Case, user: User) -> bool:
    merge = merges.merge_of(case)
    return merge is not None and merge.is_undoable and bool(supervises(user, case))


def _save_facts(case: Case, form: FactsForm, user: User) -> object:
    return actions.change_facts(case, form.facts, seen=form.seen, by=user)


def _add_task(case: Case, form: TaskForm, user: User) -> object:
    data = form.cleaned_data
    priority = Priority(data["priority"])
    return notes.add_task(case, data["text"], due_at=form.due_at, owner=data["owner"], priority=priority, by=user)


def _record_guardian(case: Case, form: GuardianForm, user: User) -> object:
    data = form.cleaned_data
    words = {name: data[name] for name in ("name", "contact", "number", "speaks", "reason") if data[name]}
    return guardians.record_guardian(
        case,
        GuardianState(data["state"]),
        words,
        happened_on=data["happened_on"],
        kind=GuardianKind(data["kind"]),
        conflict_checked=data["conflict_checked"],
        conflict=data["conflict"],
        by=user,
    )


def _add_relative(case: Case, form: RelativeForm, user: User) -> object:
    data = form.cleaned_data
    words = {name: data[name] for name in ("name", "contact", "why") if data[name]}
    return guardians.add_relative(case, RelativeKind(data["relation"]), words, blocked=data["blocked"], by=user)


def _ask_to_close(case: Case, form: CloseForm, user: User) -> object:
    data = form.cleaned_data
    words = {"text": data["words"], "child_view": data["child_view"], "guardian_view": data["guardian_view"]}
    facts = ClosureFacts(ClosureOutcome(data["outcome"]), ClosureReason(data["reason"]), follow_up=data["follow_up"])
    return closures.ask_to_move(case, CaseMove.CLOSE, words, closure=facts, by=user)


def _ask_to_reopen(case: Case, form: ReasonForm, user: User) -> object:
    return closures.ask_to_move(case, CaseMove.REOPEN, {"text": form.cleaned_data["words"]}, by=user)


def _go_on(case: Case, form: ReasonForm, user: User) -> object:
    gate = next_gate(case)
    move = gate.move if gate else CaseMove.ASSESS
    if gate is not None and gate.needs_second:
        return closures.ask_to_move(case, move, {"text": form.cleaned_data["words"]}, by=user)
    return closures.move_case(case, move, by=user)


for own_step in (
    Step(
        name="risk",
        title=_("Risk"),
        verb=_("Save the risk"),
        message=_("The risk is saved."),
        lead=_("A higher risk counts at once. To lower it, sign an assessment."),
        form=RiskForm,
        apply=lambda case, form, user: actions.set_risk(
            case, Risk(form.cleaned_data["risk"]), form.cleaned_data["reason"], by=user
        ),
        is_offered=runs,
    ),
    Step(
        name="task",
        title=_("Task"),
        verb=_("Add a task"),
        message=_("The task is added."),
        form=TaskForm,
        apply=_add_task,
        is_offered=runs,
    ),
    Step(
        name="guardian",
        title=_("Guardian"),
        verb=_("Save the step"),
        message=_("The step about the guardian is saved."),
        lead=_("A request is asked again each week until a guardian is appointed."),
        form=GuardianForm,
        apply=_record_guardian,
        is_offered=runs,
        section="people",
    ),
    Step(
        name="relative",
        title=_("Relative"),
        verb=_("Add a relative"),
        message=_("The relative is added."),
        lead=_("Nobody contacts a relative before it is clear that no family member is involved."),
        form=RelativeForm,
        apply=_add_relative,
        is_offered=runs,
        section="people",
    ),
    Step(
        name="decline-status",
        title=_("Decline the request about the status"),
        verb=_("Decline the request"),
        message=_("The request is declined, with your reason. The status stays as it is."),
        lead=_("Your reason stands in the timeline. The colleague may ask again after a new screening."),
        form=ReasonForm,
        apply=lambda case, form, user: decisions.decline_status(case, form.cleaned_data["words"], by=user),
        is_offered=_may_decline_status,
    ),
    Step(
        name="facts",
        title=_("Age, family, language"),
        verb=_("Save the facts"),
        message=_("The facts are saved."),
        form=FactsForm,
        apply=_save_facts,
        is_offered=runs,
        section="child",
    ),
    Step(
        name="phase",
        title=_("Phase"),
        verb=_("Add a phase"),
        message=_("The phase has begun."),
        form=PhaseForm,
        apply=lambda case, form, user: decisions.begin_phase(
            case, Phase(form.cleaned_data["phase"]), form.cleaned_data["words"], by=user
        ),
        is_offered=runs,
        section="people",
        is_rare=True,
    ),
    Step(
        name="go-on",
        title=_("Next stage"),
        verb=_("Continue to the next stage"),
        message=_("Saved. The timeline shows where the case stands."),
        form=ReasonForm,
        apply=_go_on,
        is_offered=_gate_is_open,
    ),
    Step(
        name="hand-over",
        title=_("Hand over the case"),
        verb=_("Hand over the case"),
        message=_("Your colleague is the worker of this case now."),
        lead=_("Due times stay as they are."),
        form=HandOverForm,
        apply=lambda case, form, user: assignments.hand_over_case(
            case, form.cleaned_data["to"], form.cleaned_data["words"], by=user
        ),
        is_offered=_is_own,
        section="people",
    ),
    Step(
        name="assign",
        title=_("New worker"),
        verb=_("Assign"),
        message=_("The case is assigned. Its due times stay as they were."),
        form=ColleagueForm,
        apply=lambda case, form, user: assignments.assign_case(case, form.cleaned_data["to"], by=user),
        is_offered=_may_assign,
        section="people",
    ),
    Step(
        name="lead",
        title=_("Lead"),
        verb=_("Save the lead"),
        message=_("The lead is named."),
        form=LeadForm,
        apply=lambda case, form, user: assignments.name_lead(case, form.cleaned_data["lead"], by=user),
        is_offered=_leads_running,
        section="people",
        is_rare=True,
    ),
    Step(
        name="hold",
        title=_("Legal hold"),
        verb=_("Legal hold"),
        message=_("The case will be kept until someone lifts the hold."),
        form=ReasonForm,
        apply=lambda case, form, user: holds.hold_case(case, form.cleaned_data["words"], by=user),
        is_offered=_supervises,
        section="people",
        is_rare=True,
        is_for_blocked=True,
    ),
    Step(
        name="close",
        title=_("Close the case"),
        verb=_("Ask to close the case"),
        message=_("Another supervisor decides. Until then the case stays open."),
        form=CloseForm,
        apply=_ask_to_close,
        is_offered=_may_close,
        is_rare=True,
    ),
    Step(
        name="reopen",
        title=_("Reopen the case"),
        verb=_("Ask to reopen the case"),
        message=_("Another supervisor decides."),
        form=ReasonForm,
        apply=_ask_to_reopen,
        is_offered=_may_reopen,
    ),
    Step(
        name="undo-merge",
        title=_("Undo the merge"),
        verb=_("Undo the merge"),
        message=_("They are two cases again."),
        lead=_("Both cases are as they were. What was written since the merge stays in the case where it was written."),
        form=ReasonForm,
        apply=lambda case, form, user: merges.undo_merge(case, form.cleaned_data["words"], by=user),
        is_offered=_may_undo_merge,
    ),
):
    add_step(own_step)
