"""Reviews take place with the child's view; follow-ups belong to the closed case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.assessments.errors import ChildNotHeard
from desks.cases import notes
from desks.cases.casework import Task
from desks.cases.code_lists import Answer, TaskKind
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords
from desks.cases.models import Case, today
from desks.cases.states import EntryKind, TaskState
from desks.plans import reviews
from desks.plans.casework import FollowUp, Review
from desks.plans.code_lists import FollowUpResult, ReviewKind
from desks.plans.errors import ReviewTooLate
from desks.reports.states import Risk
from tests.desks.cases.case_desks import again
from tests.desks.cases.test_closures import closed
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.plans.plan_desks import review

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def in_days(days: int):
    """A day from now."""
    return today() + timedelta(days=days)


def plan(case: Case, days: int, *, by) -> Review:
    """A review that is planned."""
    return reviews.plan_review(case, ReviewKind.REGULAR, planned_on=in_days(days), by=by)


def follow_up(task: Task, *, by, words: str = "She is at school", **given) -> FollowUp:
    """What was found out, today."""
    facts = {"safe": Answer.YES, "done_on": today()} | given
    return reviews.record_follow_up(task, FollowUpResult.SEEN, words, by=by, **facts)


def test_record_review_settles_the_one_that_was_planned(here, case):
    planned = plan(case, 10, by=here.anna.person)
    row = review(case, by=here.anna.person)
    assert row.pk == planned.pk
    assert row.held_on == today()
    assert case.timeline.filter(kind=EntryKind.REVIEW, code="goes_on").exists()


def test_record_review_plans_the_next(here, case):
    review(case, by=here.anna.person, next_on=in_days(60))
    assert list(Review.objects.planned().values_list("planned_on", flat=True)) == [in_days(60)]


@pytest.mark.parametrize("days", [-1, 120])
def test_record_review_with_a_next_day_that_is_past_or_too_far_is_refused(here, case, days):
    with pytest.raises(ReviewTooLate):
        review(case, by=here.anna.person, next_on=in_days(days))


def test_record_review_without_the_view_of_the_child_is_refused(here, case):
    with pytest.raises(ChildNotHeard):
        review(case, by=here.anna.person, child_view=" ")


def test_record_review_with_a_reason_why_the_child_was_not_asked_is_possible(here, case):
    assert review(case, by=here.anna.person, child_view="", why_not_asked="In hospital").held_on == today()


def test_record_review_without_findings_is_refused(here, case):
    with pytest.raises(NeedsWords):
        review(case, by=here.anna.person, findings=" ")


def test_record_review_of_a_day_to_come_is_refused(here, case):
    with pytest.raises(InTheFuture):
        review(case, by=here.anna.person, held_on=in_days(1))


def test_record_review_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        review(case, by=stranger())


@pytest.mark.parametrize(("risk", "most"), [(Risk.LOW, 85), (Risk.MEDIUM, 85), (Risk.HIGH, 30), (Risk.DANGER, 7)])
def test_plan_review_as_soon_as_the_risk_demands(here, case, risk, most):
    Case.objects.filter(pk=case.pk).update(risk=risk)
    assert plan(case, most, by=here.anna.person).planned_on == in_days(most)
    with pytest.raises(ReviewTooLate):
        plan(case, most + 8, by=here.anna.person)


def test_plan_review_again_moves_its_day(here, case):
    plan(case, 10, by=here.anna.person)
    plan(case, 20, by=here.anna.person)
    assert list(Review.objects.values_list("planned_on", flat=True)) == [in_days(20)]


def test_close_makes_the_follow_ups_and_one_is_recorded(here, case):
    task = Task.objects.filter(case=closed(here, case), kind=TaskKind.FOLLOW_UP).first()
    row = follow_up(task, by=here.anna.person)
    task.refresh_from_db()
    assert row.safe == Answer.YES
    assert task.state == TaskState.DONE
    assert case.timeline.filter(kind=EntryKind.FOLLOW_UP, code="seen").exists()


def test_record_follow_up_leaves_the_case_closed(here, case):
    follow_up(Task.objects.filter(case=closed(here, case)).first(), by=here.anna.person, safe=Answer.NO)
    assert again(case).stage == "closed"


def test_record_follow_up_twice_is_refused(here, case):
    task = Task.objects.filter(case=closed(here, case)).first()
    follow_up(task, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        follow_up(task, by=here.ben.person)


def test_record_follow_up_of_another_task_is_refused(here, case):
    task = notes.add_task(case, "Call the school", by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        follow_up(task, by=here.anna.person)


def test_record_follow_up_without_words_is_refused(here, case):
    task = Task.objects.filter(case=closed(here, case)).first()
    with pytest.raises(NeedsWords):
        follow_up(task, by=here.anna.person, words=" ")


def test_record_follow_up_of_a_day_to_come_is_refused(here, case):
    task = Task.objects.filter(case=closed(here, case)).first()
    with pytest.raises(InTheFuture):
        follow_up(task, by=here.anna.person, done_on=in_days(1))
