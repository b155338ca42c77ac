"""An assessment is written, by two at the same time too, and signed; then nobody changes it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from desks.assessments import actions
from desks.assessments.errors import AnswersLack, ChildNotHeard, NextDayNotPossible, TwoTexts
from desks.assessments.models import Assessment
from desks.assessments.questions import QUESTIONS
from desks.assessments.states import HEARS_CHILD, AssessmentKind, AssessmentState
from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, NeedsWords, StaleDraft
from desks.cases.models import Case, today
from desks.cases.states import Stage
from desks.reports.states import Risk
from tests.desks.assessments.assessment_desks import WORDS, draft, finish, in_month
from tests.desks.cases.case_desks import again
from tests.desks.inbox.inbox_desks import stranger
from victor.audit.models import Entry
from victor.mail.models import Message as Mail
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
RISK, NEEDS, BIA, BID = AssessmentKind


@pytest.fixture
def case(here) -> Case:
    return here.case()


def states(case: Case) -> list[str]:
    """Where the texts of a case stand, the oldest first."""
    return list(Assessment.objects.filter(case=case).order_by("pk").values_list("state", flat=True))


def test_save_draft_is_read_by_a_colleague(here, case):
    row = draft(case, NEEDS, by=here.anna.person, child="Sleeps badly")
    assert read_words(case, [row], by=here.ben)[row.envelope_id]["child"] == "Sleeps badly"


def test_save_draft_again_keeps_one_text(here, case):
    first = draft(case, NEEDS, by=here.anna.person)
    before = first.envelope_id
    draft(case, NEEDS, by=here.anna.person, seen=before, child="More")
    assert states(case) == ["draft"]
    assert not Envelope.objects.filter(pk=before).exists()


def test_save_draft_over_a_text_that_was_not_seen_keeps_both(here, case):
    draft(case, NEEDS, by=here.anna.person)
    draft(case, NEEDS, by=here.ben.person)
    assert states(case) == ["draft", "second"]


def test_save_draft_after_it_was_signed_keeps_it_as_a_second_text(here, case):
    seen = draft(case, NEEDS, by=here.anna.person).envelope_id
    finish(case, NEEDS, by=here.ben.person, seen=seen)
    late = draft(case, NEEDS, by=here.anna.person, seen=seen)
    assert late.state == "second"
    assert late.version == 2


def test_save_draft_without_words_is_refused(here, case):
    with pytest.raises(NeedsWords):
        actions.save_draft(case, NEEDS, {"child": ""}, seen=None, by=here.anna.person)


def test_save_draft_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        draft(case, NEEDS, by=stranger())


def test_save_draft_in_a_closed_case_is_refused(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        draft(case, NEEDS, by=here.anna.person)


def test_save_draft_over_a_row_that_was_altered_is_refused(here, case):
    row = draft(case, NEEDS, by=here.anna.person)
    Assessment.objects.filter(pk=row.pk).update(version=7)
    with pytest.raises(Unopenable):
        draft(case, NEEDS, by=here.anna.person, seen=row.envelope_id)


def test_use_second_text_sets_the_first_aside(here, case):
    draft(case, NEEDS, by=here.anna.person)
    second = draft(case, NEEDS, by=here.ben.person)
    actions.use_second_text(second, by=here.ben.person)
    assert states(case) == ["set_aside", "draft"]


def test_set_second_text_aside_leaves_the_first(here, case):
    draft(case, NEEDS, by=here.anna.person)
    actions.set_second_text_aside(draft(case, NEEDS, by=here.ben.person), by=here.anna.person)
    assert states(case) == ["draft", "set_aside"]


@pytest.mark.parametrize("choose", [actions.use_second_text, actions.set_second_text_aside])
def test_choose_between_two_texts_twice_is_refused(here, case, choose):
    draft(case, NEEDS, by=here.anna.person)
    second = draft(case, NEEDS, by=here.ben.person)
    actions.set_second_text_aside(second, by=here.ben.person)
    with pytest.raises(CaseMoveNotPossible):
        choose(second, by=here.anna.person)


def test_finish_while_two_texts_wait_is_refused(here, case):
    row = draft(case, NEEDS, by=here.anna.person)
    draft(case, NEEDS, by=here.ben.person)
    with pytest.raises(TwoTexts):
        finish(case, NEEDS, by=here.anna.person, seen=row.envelope_id)


def test_finish_over_a_text_that_was_not_seen_keeps_both_and_signs_nothing(here, case):
    draft(case, NEEDS, by=here.anna.person)
    finish(case, NEEDS, by=here.ben.person)
    assert states(case) == ["draft", "second"]


@pytest.mark.parametrize("kind", AssessmentKind)
def test_finish_names_each_answer_that_lacks(here, case, kind):
    needed = [question.name for question in QUESTIONS[kind] if question.is_needed]
    with pytest.raises(AnswersLack) as refusal:
        actions.finish_assessment(case, kind, {"people": "Nobody"}, seen=None, by=here.anna.person)
    assert set(needed) <= set(refusal.value.names)


@pytest.mark.parametrize("kind", sorted(HEARS_CHILD))
@pytest.mark.parametrize("lacking", ["child_view", "means"])
def test_finish_without_the_view_of_the_child_is_refused(here, case, kind, lacking):
    with pytest.raises(ChildNotHeard):
        finish(case, kind, by=here.anna.person, words={lacking: " "})


@pytest.mark.parametrize("kind", sorted(HEARS_CHILD))
def test_finish_with_a_reason_why_the_child_was_not_asked_is_possible(here, case, kind):
    words = {"child_view": "", "means": "", "why_not_asked": "In hospital"}
    assert finish(case, kind, by=here.anna.person, words=words).version == 1


@pytest.mark.parametrize("days", [-1, 100])
def test_finish_with_a_day_that_is_past_or_too_far_is_refused(here, case, days):
    with pytest.raises(NextDayNotPossible):
        finish(case, RISK, by=here.anna.person, next_on=in_month(days))


def test_finish_freezes_the_text_and_opens_the_next_version(here, case):
    first = finish(case, NEEDS, by=here.anna.person)
    second = draft(case, NEEDS, by=here.anna.person)
    assert second.version == 2
    assert second.pk != first.pk
    assert read_words(case, [first], by=here.ben)[first.envelope_id]["child"] == WORDS["child"]


def test_finish_next_version_replaces_the_earlier_and_keeps_it(here, case):
    finish(case, NEEDS, by=here.anna.person)
    finish(case, NEEDS, by=here.ben.person)
    assert states(case) == ["superseded", "done"]


def test_finish_risk_that_is_higher_acts_at_once(here, case):
    finish(case, RISK, by=here.anna.person, risk=Risk.HIGH)
    assert again(case).risk == Risk.HIGH


def test_finish_risk_of_danger_tells_the_supervisors(here, case):
    finish(case, RISK, by=here.anna.person, risk=Risk.DANGER)
    assert Mail.objects.count() == 2


def test_finish_risk_that_is_lower_leaves_the_case_as_it_was(here, case):
    row = finish(case, RISK, by=here.anna.person, risk=Risk.LOW)
    assert row.state == AssessmentState.ASKED
    assert again(case).risk == Risk.MEDIUM


@pytest.mark.parametrize("risk", Risk)
def test_finish_risk_ends_the_clock_of_the_first_assessment(here, case, risk):
    finish(case, RISK, by=here.anna.person, risk=risk)
    assert not case.clocks.filter(kind="risk").exists()


def test_finish_risk_starts_the_clock_of_the_next_assessment(here, case):
    finish(case, RISK, by=here.anna.person, next_on=in_month(10))
    clock = case.clocks.get(kind="risk_repeat")
    assert clock.due_at.date() == today() + timedelta(days=10)


def test_finish_risk_again_leaves_one_clock(here, case):
    finish(case, RISK, by=here.anna.person, next_on=in_month(10))
    finish(case, RISK, by=here.anna.person, next_on=in_month(20))
    assert [clock.due_at.date() for clock in case.clocks.filter(kind="risk_repeat")] == [in_month(20)]


def test_case_that_ends_stops_the_clock_and_starts_it_when_reopened(here, case):
    finish(case, RISK, by=here.anna.person)
    case = again(case)
    running = []
    for stage, closed_at in ((Stage.CLOSED, case.opened_at), (Stage.IN_SUPPORT, None)):
        Case.objects.filter(pk=case.pk).update(stage=stage, closed_at=closed_at)
        running.append(case.clocks.filter(kind="risk_repeat").exists())
    assert running == [False, True]


def test_finish_determination_waits_for_a_supervisor(here, case):
    assert finish(case, BID, by=here.anna.person).state == AssessmentState.ASKED


def test_columns_of_an_assessment_hold_no_word_of_it(here, case):
    finish(case, BIA, by=here.anna.person)
    values = " ".join(map(str, Assessment.objects.values_list()[0]))
    assert [word for word in WORDS.values() if word in values] == []


def test_finish_assessment_of_the_risk_ends_the_first_clock(here):
    case = here.case()
    finish(case, AssessmentKind.RISK, by=here.anna.person)
    assert not case.clocks.filter(kind="risk").exists()


def typed(case: Case, words: dict[str, str], *, by: UnlockedVault, seen: UUID | None = None) -> Assessment | None:
    """What a page that saves itself sends."""
    return actions.autosave_draft(case, AssessmentKind.NEEDS, words, seen=seen, by=by.person)


def test_autosave_begins_a_draft(here, case):
    draft = typed(case, {"reason": "Begun"}, by=here.anna)
    assert draft is not None
    assert draft.state == AssessmentState.DRAFT


def test_autosave_again_writes_the_draft_anew_and_nothing_into_the_log(here, case):
    first = typed(case, {"reason": "Begun"}, by=here.anna)
    before, envelopes = Entry.objects.count(), Envelope.objects.count()
    again_saved = typed(case, {"reason": "Begun and"}, by=here.anna, seen=first.envelope_id)
    assert read_words(case, [again_saved], by=here.ben)[again_saved.envelope_id]["reason"] == "Begun and"
    assert Entry.objects.count() == before + 1  # Ben's reading
    assert Envelope.objects.count() == envelopes


def test_autosave_of_a_draft_that_somebody_else_began_stands_in_the_log_once(here, case):
    first = typed(case, {"reason": "Begun"}, by=here.anna)
    second = typed(case, {"reason": "Ben's"}, by=here.ben, seen=first.envelope_id)
    typed(case, {"reason": "Ben's own"}, by=here.ben, seen=second.envelope_id)
    drafted = Entry.objects.filter(action="case.assessment_drafted")
    assert [entry.actor for entry in drafted.order_by("sequence")] == [
        f"accounts.user:{writer.person.pk}" for writer in (here.anna, here.ben)
    ]


def test_autosave_over_what_somebody_else_saved_is_refused(here, case):
    first = typed(case, {"reason": "Begun"}, by=here.anna)
    typed(case, {"reason": "Ben's"}, by=here.ben, seen=first.envelope_id)
    with pytest.raises(StaleDraft):
        typed(case, {"reason": "Anna's"}, by=here.anna, seen=first.envelope_id)


def test_autosave_of_nothing_begins_no_draft(here, case):
    assert typed(case, {"reason": ""}, by=here.anna) is None
    assert not Assessment.objects.exists()


def test_autosave_in_a_closed_case_is_refused(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        typed(case, {"reason": "Begun"}, by=here.anna)
