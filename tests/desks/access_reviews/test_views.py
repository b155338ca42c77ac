"""The pages of reviews: each person with what they may do, for whoever decides, and for whoever oversees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desks.access_reviews.models import AccessDecision, AccessReview
from desks.access_reviews.periodic import begin_access_reviews
from desks.access_reviews.states import AccessPart, Circle
from desks.cases.restrictions import restrict_case
from desks.exchange.actions import give_right
from desks.exchange.states import ExportKind
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from victor.todo.models import OpenItem
from victor.todo.presenters import worklist_of

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/access-reviews/"


@pytest.fixture
def review(here) -> AccessReview:
    begin_access_reviews()
    return AccessReview.objects.get(organisation=here.organisation, circle=Circle.WORKERS)


def page_of(review: AccessReview, rest: str = "") -> str:
    return f"{LIST}{review.pk}/{rest}"


def role_page(review: AccessReview, who, step: str) -> str:
    return page_of(review, f"roles/{Membership.objects.get(user=who.person).pk}/{step}/")


def test_page_shows_what_each_person_may_do(here, review):
    give_right(Membership.objects.get(user=here.anna.person), ExportKind.CASES, by=here.chief.person)
    case = here.case()
    restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    content = browser_of(here.chief.person).get(page_of(review)).content.decode()
    for words in (here.anna.person.name, "Holds the keys", "HTCDS", "Named in 1 restricted case", "Last logged in"):
        assert words in content
    assert case.reference not in content


def test_supervisor_keeps_takes_and_signs(here, review):
    browser = browser_of(here.chief.person)
    assert browser.post(role_page(review, here.anna, "keep")).status_code == 302
    taken = {"parts": [AccessPart.KEYS]}
    assert browser.post(role_page(review, here.ben, "take"), taken).status_code == 302
    assert browser.post(page_of(review, "sign/")).status_code == 302
    assert sorted(AccessDecision.objects.values_list("taken", flat=True)) == [[], ["keys"]]
    assert b"Signed by" in browser.get(page_of(review)).content


def test_nothing_ticked_says_so(here, review):
    answer = browser_of(here.chief.person).post(role_page(review, here.ben, "take"), {})
    assert answer.status_code == 422
    assert b"This field is required" in answer.content


def test_role_that_was_decided_is_refused_in_words(here, review):
    browser = browser_of(here.chief.person)
    browser.post(role_page(review, here.anna, "keep"))
    answer = browser.post(role_page(review, here.anna, "take"), {"parts": ["role"]})
    assert answer.status_code == 409
    assert b"already decided" in answer.content


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.COORDINATOR, 200), (Role.SUPERVISOR, 404)])
def test_review_is_seen_by_those_who_oversee(here, review, role, status):
    browser = browser_of(person(role, organisation("elsewhere")))
    answer = browser.get(page_of(review))
    assert answer.status_code == status
    assert b"/keep/" not in answer.content


@pytest.mark.parametrize("role", [Role.WORKER, Role.EDITOR, Role.PRIVACY])
def test_reviews_are_refused_to_everybody_else(here, review, role):
    assert browser_of(person(role, here.organisation)).get(LIST).status_code == 403


def test_supervisor_does_not_see_the_review_of_supervisors(here, review):
    others = AccessReview.objects.get(organisation=here.organisation, circle=Circle.OTHERS)
    assert browser_of(here.chief.person).get(page_of(others)).status_code == 404


def test_role_of_another_review_leads_nowhere(here, review):
    assert browser_of(here.chief.person).post(role_page(review, here.boss, "keep")).status_code == 404


def test_auditor_sees_which_are_done(here, review):
    browser = browser_of(here.chief.person)
    for who in (here.anna, here.ben):
        browser.post(role_page(review, who, "keep"))
    browser.post(page_of(review, "sign/"))
    content = browser_of(person(Role.AUDITOR)).get(LIST).content.decode()
    assert "Done" in content
    assert here.chief.person.name in content


def test_task_waits_for_the_supervisor_and_is_overdue_after_thirty_days(here, at):
    at(datetime(2027, 1, 2, 9, tzinfo=UTC))
    begin_access_reviews()
    assert LIST in [line.url for line in worklist_of(here.chief.person).waiting]
    assert LIST not in [line.url for line in worklist_of(here.anna.person).waiting]
    at(datetime(2027, 2, 1, 10, tzinfo=UTC))
    assert LIST in [line.url for line in worklist_of(here.chief.person).pressing]


def test_task_goes_to_coordinators_where_nobody_supervises(here, review):
    source = {"kind": "desks.access_review", "source": str(review.pk)}
    assert OpenItem.objects.get(**source).audiences == [f"supervisor:{here.organisation.pk}"]
    Membership.objects.filter(organisation=here.organisation, role=Role.SUPERVISOR).delete()
    assert OpenItem.objects.get(**source).audiences == ["coordinator"]


def test_queries_do_not_grow_with_the_people(here):
    numbers = []
    for more in (1, 20):
        for _number in range(more):
            person(Role.WORKER, here.organisation, factor=False)
        AccessReview.objects.all().delete()
        begin_access_reviews()
        review = AccessReview.objects.get(organisation=here.organisation, circle=Circle.WORKERS)
        browser = browser_of(here.chief.person)
        browser.get(page_of(review))
        with CaptureQueriesContext(connection) as queries:
            browser.get(page_of(review))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_page_of_a_review_that_somebody_else_has_signed_is_refused(here, review):
    AccessReview.objects.filter(pk=review.pk).update(signed_by=here.chief.person, signed_at=review.opened_at)
    assert browser_of(here.chief.person).get(page_of(review)).status_code == 403
