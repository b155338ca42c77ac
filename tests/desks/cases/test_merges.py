"""Two cases of one child become one: two people agree, nothing is lost, and for thirty days it can be undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.assessments.states import AssessmentKind
from desks.cases import assignments, closures, decisions, guardians, merges, notes, restrictions
from desks.cases.casework import IdentityBlock
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import ClosureOutcome, ClosureReason, Phase, RelativeKind
from desks.cases.envelopes import read_words
from desks.cases.errors import (
    CaseMoveNotPossible,
    MergeObstructed,
    MergeTooOld,
    NeedsWords,
    NotMergeable,
    NotTheAsker,
    OpenToOthers,
)
from desks.cases.models import Case, TimelineEntry
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.requests import CaseMerge, MoveRequest
from desks.cases.states import CaseMove, EntryKind, Stage, TaskState
from tests.desks.assessments.assessment_desks import finish
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.endings.closed_cases import closed, reopened
from tests.desks.placements.placement_desks import missed, told
from tests.desks.plans import plan_desks
from tests.vault.people import reads
from victor.vault.errors import Unopenable

pytestmark = pytest.mark.django_db
WHY = {"text": "Same birth date, same aunt"}
CLOCKS = {"desks.caseclock"}  # the database ends those of the merged case


@pytest.fixture
def case(here) -> Case:
    return here.case()


@pytest.fixture
def other(here) -> Case:
    return here.case()


def ask(here: CaseDesk, case: Case, other: Case, *, by=None) -> MoveRequest:
    return closures.ask_to_merge(case, other, WHY, by=(by or here.anna).person)


def merge(here: CaseDesk, case: Case, other: Case) -> Case:
    closures.approve_move(ask(here, case, other), by=here.chief.person)
    return again(case)


def rows_of(*cases: Case) -> dict[str, int]:
    """How many rows of each kind name one of these cases."""
    return {
        relation.related_model._meta.label_lower: relation.related_model._default_manager.filter(
            **{f"{relation.field.name}__in": cases}
        ).count()
        for relation in Case._meta.related_objects
    }


def test_ask_to_merge_leaves_both_as_they_are(here, case, other):
    ask(here, case, other)
    assert [again(one).stage for one in (case, other)] == [Stage.OPENED, Stage.OPENED]


def test_approve_ends_the_one_and_leaves_the_other(here, case, other):
    merge(here, case, other)
    assert [again(one).stage for one in (case, other)] == [Stage.MERGED, Stage.OPENED]


def test_merge_keeps_every_row_that_names_one_of_both(here, case, other):
    notes.write_note(case, "A note", by=here.anna.person)
    guardians.add_relative(case, RelativeKind.MOTHER, {"name": "Ana"}, blocked=True, by=here.anna.person)
    before = rows_of(case, other)
    merge(here, case, other)
    after = rows_of(case, other)
    assert {name for name in before if after[name] < before[name]} == CLOCKS


def test_merge_leaves_no_clock_of_the_one(here, case, other):
    merge(here, case, other)
    assert not case.clocks.exists()


def test_merge_moves_no_due_time_of_the_other(here, case, other):
    before = list(other.clocks.values_list("kind", "since", "due_at"))
    merge(here, case, other)
    assert list(other.clocks.values_list("kind", "since", "due_at")) == before


def test_merged_case_is_read_by_the_same_people(here, case, other):
    block = IdentityBlock.objects.get(case=merge(here, case, other))
    assert [reads(block.envelope, reader) for reader in (here.anna, here.ben, here.chief)] == [True, True, True]


def test_both_timelines_name_the_other(here, case, other):
    merge(here, case, other)
    rows = TimelineEntry.objects.filter(kind=EntryKind.MERGED)
    assert {row.case: row.code for row in rows} == {case: other.reference, other: case.reference}


def test_merge_of_a_case_that_was_merged_leads_to_the_last(here, case, other):
    last = here.case()
    merge(here, case, other)
    merge(here, other, last)
    assert merges.surviving_case(again(case)) == last
    assert list(merges.absorbed_cases(last)) == [other, case]


def test_write_in_a_merged_case_is_refused(here, case, other):
    with pytest.raises(CaseMoveNotPossible):
        notes.write_note(merge(here, case, other), "More", by=here.anna.person)


def test_approve_by_the_asker_is_refused(here, case, other):
    request = ask(here, case, other, by=here.chief)
    with pytest.raises(NotTheAsker):
        closures.approve_move(request, by=here.chief.person)


def test_approve_by_a_worker_is_refused(here, case, other):
    request = ask(here, case, other)
    with pytest.raises(PermissionDenied):
        closures.approve_move(request, by=here.ben.person)


def test_ask_without_a_reason_is_refused(here, case, other):
    with pytest.raises(NeedsWords):
        closures.ask_to_merge(case, other, {"text": ""}, by=here.anna.person)


def test_ask_to_merge_as_an_ordinary_move_is_refused(here, case):
    with pytest.raises(CaseMoveNotPossible):
        closures.ask_to_move(case, CaseMove.MERGE, WHY, by=here.anna.person)


def test_merge_with_itself_is_refused(here, case):
    with pytest.raises(NotMergeable):
        ask(here, case, case)


def test_merge_with_a_case_of_another_desk_is_refused(here, case):
    with pytest.raises(PermissionDenied):
        ask(here, case, CaseDesk("elsewhere").case())


def test_merge_with_a_closed_case_is_refused(here, case, other):
    with pytest.raises(NotMergeable):
        ask(here, case, closed(here, other))


def test_merge_with_a_restricted_case_is_refused(here, case, other):
    restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)
    with pytest.raises(OpenToOthers):
        ask(here, case, other)


def test_merge_into_each_other_at_the_same_time_is_refused(here, case, other):
    ask(here, case, other)
    with pytest.raises(CaseMoveNotPossible):
        ask(here, other, case)


def test_merge_with_an_open_task_names_it(here, case, other):
    notes.add_task(case, "Call the school", by=here.anna.person)
    with pytest.raises(MergeObstructed) as refusal:
        ask(here, case, other)
    assert [obstacle.words for obstacle in refusal.value.obstacles] == ["Open task"]


def test_merge_of_a_closed_case_with_follow_ups_names_them(here, case, other):
    facts = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)
    request = closures.ask_to_move(case, CaseMove.CLOSE, {"text": "Safe"}, closure=facts, by=here.anna.person)
    closures.approve_move(request, by=here.chief.person)
    with pytest.raises(MergeObstructed) as refusal:
        ask(here, again(case), other)
    assert len(refusal.value.obstacles) == 2


@pytest.mark.parametrize("ask_for", [plan_desks.ask, lambda case, *, by: finish(case, AssessmentKind.BID, by=by)])
def test_merge_with_a_decision_that_waits_names_it(here, case, other, ask_for):
    ask_for(case, by=here.anna.person)
    with pytest.raises(MergeObstructed) as refusal:
        ask(here, case, other)
    assert [obstacle.words for obstacle in refusal.value.obstacles] == ["A decision is requested"]


def test_report_of_a_merged_case_is_refused(here, case, other):
    with pytest.raises(CaseMoveNotPossible):
        notes.add_report(merge(here, case, other), here.report(), by=here.anna.person)


def test_approve_with_a_task_that_came_meanwhile_is_refused(here, case, other):
    request = ask(here, case, other)
    task = notes.add_task(case, "Call the school", by=here.ben.person)
    with pytest.raises(MergeObstructed):
        closures.approve_move(request, by=here.chief.person)
    notes.settle_task(task, TaskState.DONE, by=here.ben.person)
    assert closures.approve_move(request, by=here.chief.person).stage == Stage.MERGED


def test_merge_with_proceedings_that_run_names_them(here, case, other):
    decisions.begin_phase(case, Phase.PROCEEDINGS, "The trial", by=here.anna.person)
    with pytest.raises(MergeObstructed):
        ask(here, case, other)


def test_merge_of_a_child_for_whom_the_police_look_names_it(here, case, other):
    told(missed(case, by=here.anna.person), by=here.anna.person)
    with pytest.raises(MergeObstructed):
        ask(here, case, other)


def test_request_to_merge_keeps_the_other_from_being_deleted(here, case, other):
    ask(here, case, other)
    assert [obstacle.words for obstacle in obstacles_to(Ending.DELETE, other)] == ["A decision is requested"]


def test_undo_makes_two_cases_of_it_again(here, case, other):
    merges.undo_merge(merge(here, case, other), "Two sisters", by=here.boss.person)
    assert again(case).stage == Stage.OPENED
    assert list(merges.absorbed_cases(other)) == []


def test_undo_brings_back_the_clocks_with_their_times(here, case, other):
    before = list(case.clocks.values_list("kind", "since", "due_at"))
    merges.undo_merge(merge(here, case, other), "Two sisters", by=here.boss.person)
    assert list(case.clocks.values_list("kind", "since", "due_at")) == before


def test_undo_leaves_every_row_of_both(here, case, other):
    before = rows_of(case, other)
    merges.undo_merge(merge(here, case, other), "Two sisters", by=here.boss.person)
    after = rows_of(case, other)
    assert {name for name in before if after[name] < before[name]} == set()


def test_undo_of_a_closed_case_leaves_it_closed(here, case, other):
    whole = closed(here, case)
    merges.undo_merge(merge(here, whole, other), "Two sisters", by=here.boss.person)
    assert again(case).stage == Stage.CLOSED
    assert again(case).closed_at == whole.closed_at


def test_undo_after_something_was_written_leaves_a_task_to_sort_it(here, case, other):
    merged = merge(here, case, other)
    notes.write_note(again(other), "She has an aunt", by=here.anna.person)
    merges.undo_merge(merged, "Two sisters", by=here.boss.person)
    task = other.tasks.get()
    words = read_words(other, [task], by=here.anna)[task.envelope_id]["text"]
    assert f"Write what is about the other child in {case.reference}." in words
    assert task.due_at is not None


def test_undo_after_nothing_was_written_leaves_no_task(here, case, other):
    merges.undo_merge(merge(here, case, other), "Two sisters", by=here.boss.person)
    assert not other.tasks.exists()


def test_undo_by_a_worker_is_refused(here, case, other):
    with pytest.raises(PermissionDenied):
        merges.undo_merge(merge(here, case, other), "Two sisters", by=here.anna.person)


def test_undo_without_a_reason_is_refused(here, case, other):
    with pytest.raises(NeedsWords):
        merges.undo_merge(merge(here, case, other), " ", by=here.chief.person)


def test_undo_of_a_case_that_is_not_merged_is_refused(here, case):
    with pytest.raises(CaseMoveNotPossible):
        merges.undo_merge(case, "Two sisters", by=here.chief.person)


@pytest.mark.parametrize(("days", "is_possible"), [(29, True), (31, False)])
def test_undo_is_possible_for_thirty_days(here, case, other, at, days, is_possible):
    merged = merge(here, case, other)
    at(timezone.now() + timedelta(days=days))
    if is_possible:
        assert merges.undo_merge(merged, "Two sisters", by=here.chief.person).stage == Stage.OPENED
    else:
        with pytest.raises(MergeTooOld):
            merges.undo_merge(merged, "Two sisters", by=here.chief.person)


def test_merge_again_after_undoing_is_possible(here, case, other):
    merges.undo_merge(merge(here, case, other), "Two sisters", by=here.boss.person)
    assert merge(here, case, other).stage == Stage.MERGED
    assert CaseMerge.objects.done().count() == 1


def test_restrict_takes_what_was_merged_along(here, case, other):
    merged = merge(here, case, other)
    restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)
    block = IdentityBlock.objects.get(case=merged)
    assert [reads(block.envelope, reader) for reader in (here.anna, here.ben)] == [True, False]
    assert not Case.objects.visible_to(here.ben.person).filter(pk=merged.pk).exists()


def test_lift_restriction_opens_what_was_merged_too(here, case, other):
    merged = merge(here, case, other)
    restricted = restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)
    restrictions.lift_restriction(restricted, "No longer needed", by=here.chief)
    assert reads(IdentityBlock.objects.get(case=merged).envelope, here.ben)


def test_merged_case_is_not_reopened(here, case, other):
    merge(here, case, other)
    with pytest.raises(CaseMoveNotPossible):
        reopened(here, again(case))


def test_assign_a_merged_case_is_refused(here, case, other):
    with pytest.raises(CaseMoveNotPossible):
        assignments.assign_case(merge(here, case, other), here.ben.person, by=here.chief.person)


def test_restrict_a_merged_case_alone_is_refused(here, case, other):
    merged = merge(here, case, other)
    with pytest.raises(CaseMoveNotPossible):
        restrictions.restrict_case(merged, [here.anna.person, here.chief.person], by=here.chief)


def test_lift_the_restriction_of_a_merged_case_alone_is_refused(here, case, other):
    merged = merge(here, case, other)
    restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)
    with pytest.raises(CaseMoveNotPossible):
        restrictions.lift_restriction(again(merged), "No longer needed", by=here.chief)


def test_restrict_ends_the_work_of_the_others_on_what_was_merged(here, other):
    merged = merge(here, here.case(by=here.ben), other)
    restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)
    assert again(merged).worker is None


def test_restrict_stamps_no_merged_case_that_somebody_has_altered(here, case, other):
    merged = merge(here, case, other)
    Case.objects.filter(pk=merged.pk).update(desk=CaseDesk("elsewhere").desk)
    with pytest.raises(Unopenable):
        restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)


def test_restrict_takes_nothing_along_that_somebody_has_added_in_the_database(here, case, other):
    merge(here, case, here.case())
    CaseMerge.objects.update(into=other)
    with pytest.raises(Unopenable):
        restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)


def apart(here: CaseDesk, case: Case, other: Case) -> tuple[Case, Case]:
    """Two cases that the same named people open, because they were one when it was restricted."""
    merged = merge(here, case, other)
    restrictions.restrict_case(other, [here.anna.person, here.chief.person, here.boss.person], by=here.chief)
    return merges.undo_merge(again(merged), "Two sisters", by=here.chief.person), again(other)


def test_remove_person_ends_their_work_on_each_case_that_closes_to_them(here, case, other):
    one, two = apart(here, case, other)
    restrictions.remove_person(one, here.anna.person, by=here.chief)
    assert [again(each).worker for each in (one, two)] == [None, None]


def test_name_person_by_somebody_who_leads_only_one_of_the_cases_is_refused(here, case, other):
    one, two = apart(here, case, other)
    assignments.name_lead(two, here.boss.person, by=here.chief.person)
    with pytest.raises(PermissionDenied):
        restrictions.name_person(one, here.ben.person, by=here.chief)
