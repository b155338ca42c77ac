"""A plan is written, by two at the same time too, and its approval asked for; then nobody changes it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.assessments.errors import ChildNotHeard, TwoTexts
from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, NeedsWords, StaleDraft
from desks.cases.models import Case
from desks.cases.states import EntryKind, Stage
from desks.plans import actions
from desks.plans.code_lists import GoalKind
from desks.plans.completeness import NEEDED_OF_GOAL, GoalText, PlanText
from desks.plans.errors import PlanLacks, ReturnLacks
from desks.plans.models import Goal, Plan
from desks.plans.states import PlanState
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.plans.plan_desks import GOAL, RETURN, WORDS, a_goal, a_plan, a_return, ask, determined, draft
from victor.audit.models import Entry
from victor.vault.errors import Unopenable
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def states(case: Case) -> list[str]:
    """Where the versions of a plan stand, the oldest first."""
    return list(Plan.objects.filter(case=case).order_by("pk").values_list("state", flat=True))


def test_save_plan_is_read_by_a_colleague(here, case):
    row = draft(case, by=here.anna.person)
    content = read_words(case, [row], by=here.ben)[row.envelope_id]
    assert content == {**WORDS, "goals": [GOAL]}


def test_save_plan_writes_the_codes_of_its_goals(here, case):
    draft(case, by=here.anna.person, text=a_plan(a_goal(), a_goal(GoalKind.HEALTH)))
    assert list(Goal.objects.values_list("number", "kind")) == [(1, "education"), (2, "health")]


def test_save_plan_again_keeps_one_text_and_its_goals(here, case):
    before = draft(case, by=here.anna.person).envelope_id
    draft(case, by=here.anna.person, seen=before, text=a_plan(a_goal(GoalKind.LEGAL)))
    assert states(case) == ["draft"]
    assert list(Goal.objects.values_list("kind", flat=True)) == ["legal"]
    assert not Envelope.objects.filter(pk=before).exists()


def test_save_plan_with_little_is_possible(here, case):
    draft(case, by=here.anna.person, text=PlanText({}, [GoalText("", None, {"objective": "School"})]))
    assert states(case) == ["draft"]


def test_save_plan_without_words_is_refused(here, case):
    with pytest.raises(NeedsWords):
        draft(case, by=here.anna.person, text=PlanText({"child_view": " "}))


def test_save_plan_over_a_text_that_was_not_seen_keeps_both(here, case):
    draft(case, by=here.anna.person)
    draft(case, by=here.ben.person, text=a_plan(a_goal(GoalKind.LEGAL)))
    assert states(case) == ["draft", "second"]
    assert Goal.objects.count() == 2


def test_save_plan_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        draft(case, by=stranger())


def test_save_plan_in_a_closed_case_is_refused(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        draft(case, by=here.anna.person)


@pytest.mark.parametrize("column", ["version", "writers"])
def test_save_plan_over_a_row_that_was_altered_is_refused(here, case, column):
    row = draft(case, by=here.anna.person)
    Plan.objects.filter(pk=row.pk).update(**{column: {"version": 7, "writers": []}[column]})
    with pytest.raises(Unopenable):
        draft(case, by=here.anna.person, seen=row.envelope_id)


def test_use_second_plan_sets_the_first_aside(here, case):
    draft(case, by=here.anna.person)
    actions.use_second_plan(draft(case, by=here.ben.person), by=here.ben.person)
    assert states(case) == ["set_aside", "draft"]


def test_set_second_plan_aside_leaves_the_first(here, case):
    draft(case, by=here.anna.person)
    actions.set_second_plan_aside(draft(case, by=here.ben.person), by=here.anna.person)
    assert states(case) == ["draft", "set_aside"]


@pytest.mark.parametrize("choose", [actions.use_second_plan, actions.set_second_plan_aside])
def test_choose_between_two_plans_twice_is_refused(here, case, choose):
    draft(case, by=here.anna.person)
    second = draft(case, by=here.ben.person)
    actions.set_second_plan_aside(second, by=here.ben.person)
    with pytest.raises(CaseMoveNotPossible):
        choose(second, by=here.anna.person)


def test_request_approval_freezes_the_text_and_opens_the_next_version(here, case):
    first = ask(case, by=here.anna.person)
    second = draft(case, by=here.anna.person)
    assert first.state == PlanState.ASKED
    assert first.version == 1
    assert second.version == 2
    assert case.timeline.filter(kind=EntryKind.PLAN, code="asked").exists()


def test_request_approval_again_takes_the_place_of_what_waits(here, case):
    ask(case, by=here.anna.person)
    ask(case, by=here.ben.person)
    assert states(case) == ["superseded", "asked"]


def test_request_approval_over_a_text_that_was_not_seen_keeps_both_and_asks_for_nothing(here, case):
    draft(case, by=here.anna.person)
    ask(case, by=here.ben.person)
    assert states(case) == ["draft", "second"]


def test_request_approval_while_two_texts_wait_is_refused(here, case):
    row = draft(case, by=here.anna.person)
    draft(case, by=here.ben.person)
    with pytest.raises(TwoTexts):
        ask(case, by=here.anna.person, seen=row.envelope_id)


def test_request_approval_without_a_goal_is_refused(here, case):
    with pytest.raises(PlanLacks):
        ask(case, by=here.anna.person, text=PlanText(WORDS))


@pytest.mark.parametrize("name", NEEDED_OF_GOAL)
def test_request_approval_names_what_a_goal_lacks(here, case, name):
    lacking = {"kind": {"kind": ""}, "planned_on": {"planned_on": None}}.get(name, {name: " "})
    with pytest.raises(PlanLacks) as refusal:
        ask(case, by=here.anna.person, text=a_plan(a_goal(), a_goal(**lacking)))
    assert refusal.value.names == [f"goal_2_{name}"]


@pytest.mark.parametrize("name", WORDS)
def test_request_approval_without_the_view_of_the_child_is_refused(here, case, name):
    with pytest.raises(ChildNotHeard):
        ask(case, by=here.anna.person, text=a_plan(**{name: ""}))


def test_request_approval_with_a_reason_why_the_child_was_not_asked_is_possible(here, case):
    text = a_plan(child_view="", means="", why_not_asked="In hospital")
    assert ask(case, by=here.anna.person, text=text).state == PlanState.ASKED


def test_request_approval_of_a_return_with_everything_is_possible(here, case):
    determined(here, case)
    assert ask(case, by=here.anna.person, text=a_return()).state == PlanState.ASKED


@pytest.mark.parametrize("name", RETURN)
def test_request_approval_of_a_return_names_each_word_that_lacks(here, case, name):
    determined(here, case)
    with pytest.raises(ReturnLacks) as refusal:
        ask(case, by=here.anna.person, text=a_return(**{name: ""}))
    assert refusal.value.names == [name]


def test_request_approval_of_a_return_without_a_determination_is_refused(here, case):
    with pytest.raises(ReturnLacks, match="determination") as refusal:
        ask(case, by=here.anna.person, text=a_return())
    assert "the child heard" in str(refusal.value)


def test_request_approval_of_a_return_of_a_child_who_was_not_asked_is_refused(here, case):
    determined(here, case)
    with pytest.raises(ReturnLacks, match="the child heard"):
        ask(case, by=here.anna.person, text=a_return(child_view="", why_not_asked="Asleep"))


def test_columns_and_log_of_a_plan_hold_no_word_of_it(here, case):
    ask(case, by=here.anna.person)
    values = [*Plan.objects.values_list(), *Goal.objects.values_list(), *Entry.objects.values_list()]
    written = " ".join(map(str, values))
    assert [word for word in (*WORDS.values(), *GOAL.values()) if word in written] == []


def test_autosave_begins_a_draft_and_writes_it_anew_without_the_log(here, case):
    draft = actions.autosave_plan(case, a_plan(), seen=None, by=here.anna.person)
    before = Entry.objects.count()
    later = actions.autosave_plan(case, a_plan(remarks="More"), seen=draft.envelope_id, by=here.anna.person)
    assert later == draft
    assert later.goals.count() == 1
    assert Entry.objects.count() == before


def test_autosave_makes_a_writer_of_whoever_types(here, case):
    draft = actions.autosave_plan(case, a_plan(), seen=None, by=here.anna.person)
    later = actions.autosave_plan(case, a_plan(), seen=draft.envelope_id, by=here.chief.person)
    assert set(later.writers) == {here.anna.person.pk, here.chief.person.pk}


def test_autosave_of_a_draft_that_somebody_else_began_stands_in_the_log(here, case):
    draft = actions.autosave_plan(case, a_plan(), seen=None, by=here.anna.person)
    before = Entry.objects.filter(action="case.plan_drafted").count()
    actions.autosave_plan(case, a_plan(), seen=draft.envelope_id, by=here.ben.person)
    assert Entry.objects.filter(action="case.plan_drafted").count() == before + 1


def test_autosave_over_what_somebody_else_saved_is_refused(here, case):
    draft = actions.autosave_plan(case, a_plan(), seen=None, by=here.anna.person)
    actions.autosave_plan(case, a_plan(), seen=draft.envelope_id, by=here.ben.person)
    with pytest.raises(StaleDraft):
        actions.autosave_plan(case, a_plan(), seen=draft.envelope_id, by=here.anna.person)
