"""The pages of deliverables: the whole way by the browser, and who opens which version."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.deliverables.models import Deliverable
from partners.memberships.states import Role
from tests.partners.activities.grants import make_package
from tests.people import browser_of, organisation, person
from victor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return person(Role.TRAINER, organisation("one"))


@pytest.fixture
def deliverable(author: User) -> Deliverable:
    given = {"code": "D1.1", "title_en": "A study", "due_on": date(2027, 6, 30), "owner": author}
    return Deliverable.objects.create(package=make_package(), **given)


def page_of(deliverable: Deliverable) -> str:
    return f"/en/workspace/deliverables/{deliverable.pk}/"


def upload(deliverable: Deliverable, author: User, content: bytes = b"%PDF-1.7 study"):
    file = SimpleUploadedFile("study.pdf", content)
    return browser_of(author).post(f"{page_of(deliverable)}versions/", {"version-file": file}, follow=True)


def test_deliverable_goes_the_whole_way(deliverable, author):
    reviewer, coordinator = person(Role.EDITOR, organisation("two")), person(Role.COORDINATOR)
    upload(deliverable, author)
    browser_of(author).post(f"{page_of(deliverable)}review/", {"reviewer-reviewer": reviewer.pk})
    browser_of(reviewer).post(f"{page_of(deliverable)}pass/")
    answer = browser_of(coordinator).post(f"{page_of(deliverable)}submit/", follow=True)
    assert "The deliverable is submitted" in answer.content.decode()
    browser_of(coordinator).post(f"{page_of(deliverable)}accept/")
    deliverable.refresh_from_db()
    assert deliverable.state == "accepted"


def test_version_that_is_no_pdf_is_refused(deliverable, author):
    assert upload(deliverable, author, b"MZ a program").status_code == 422
    assert not deliverable.versions.exists()


def test_author_as_reviewer_is_refused_in_words(deliverable, author):
    upload(deliverable, author)
    answer = browser_of(author).post(f"{page_of(deliverable)}review/", {"reviewer-reviewer": author.pk})
    assert "The reviewer may not be the author." in answer.content.decode()


def test_submit_by_a_partner_is_refused(deliverable, author):
    upload(deliverable, author)
    assert browser_of(author).post(f"{page_of(deliverable)}submit/").status_code == 403


def test_restricted_version_is_not_found_by_another_partner(deliverable, author):
    upload(deliverable, author)
    address = f"{page_of(deliverable)}versions/1/"
    assert browser_of(person(Role.TRAINER, organisation("two"))).get(address).status_code == 404
    with closing(browser_of(author).get(address)) as answer:
        assert answer.status_code == 200


def test_list_takes_the_same_queries_for_two_and_for_thirty(deliverable, author, django_assert_max_num_queries):
    for number in range(2, 32):
        Deliverable.objects.create(
            package=deliverable.package, code=f"D{number}", title_en="More", due_on=date(2027, 7, 1), owner=author
        )
    browser = browser_of(author)
    with django_assert_max_num_queries(14):
        browser.get(f"/en/workspace/grants/{deliverable.package.grant_id}/deliverables/")


def test_due_deliverable_and_asked_review_stand_in_the_tasks(at, deliverable, author):
    reviewer = person(Role.EDITOR, organisation("two"))
    at(date(2027, 6, 10))
    assert "Deliverable D1.1 is due on 30 Jun" in browser_of(author).get("/en/workspace/").content.decode()
    upload(deliverable, author)
    browser_of(author).post(f"{page_of(deliverable)}review/", {"reviewer-reviewer": reviewer.pk})
    assert "D1.1: a version to review" in browser_of(reviewer).get("/en/workspace/").content.decode()


def test_search_of_staff_finds_a_deliverable(deliverable, author):
    page = browser_of(author).post("/en/workspace/search/", {"q": "study"}).content.decode()
    assert "D1.1 A study" in page
