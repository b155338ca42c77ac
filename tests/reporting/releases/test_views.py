"""The pages of releases: for coordinators and auditors; the maker sees no Approve; a posted approval is refused."""

from __future__ import annotations

import pytest

from partners.memberships.states import Role
from tests.people import browser_of, person, visitor
from tests.reporting.networks import HALF, RELEASED, coordinator, make_draft, make_published
from victor.reporting.releases.actions import approve_release, begin_release
from victor.reporting.releases.models import Release
from victor.reporting.releases.states import ReleaseState
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/releases/"
APPROVE = '<button class="button" type="submit">Approve</button>'


@pytest.fixture(autouse=True)
def august(at):
    at(RELEASED)


@pytest.fixture
def maker():
    return coordinator("maker")


@pytest.fixture
def approver():
    return coordinator("approver")


@pytest.mark.parametrize(("role", "status"), [(Role.COORDINATOR, 200), (Role.AUDITOR, 200), (Role.SUPERVISOR, 403)])
def test_list_is_for_coordinators_and_auditors(role, status):
    assert browser_of(person(role)).get(LIST).status_code == status


def test_list_sends_a_visitor_to_the_log_in():
    assert visitor().get(LIST).status_code == 302


def test_new_release_is_counted_by_the_worker(maker):
    page = browser_of(maker).post(f"{LIST}new/", {"kind": "public", "half_years": [HALF.key]}, follow=True)
    assert "You can leave this page." in page.content.decode()
    assert Release.objects.get().is_being_made


@pytest.mark.parametrize("fields", [{}, {"kind": "public"}, {"kind": "public", "half_years": ["2026-2"]}])
def test_new_release_without_half_years_that_are_over_says_why(maker, fields):
    assert browser_of(maker).post(f"{LIST}new/", fields).status_code == 422
    assert not Release.objects.exists()


def test_page_says_how_far_it_is(maker):
    release = begin_release(kind="public", half_years=[HALF], by=maker)
    Release.objects.filter(pk=release.pk).update(done=12, total=25)
    page = browser_of(maker).get(release.get_absolute_url()).content.decode()
    assert "Checking 12 of 25. You can leave this page." in page


def test_maker_sees_no_approve_and_a_posted_approval_is_refused(maker, approver):
    release, browser = make_draft(maker), browser_of(maker)
    page = browser.get(release.get_absolute_url()).content.decode()
    browser.post(f"{LIST}{release.pk}/approve/", {"has_compared": "on"})
    release.refresh_from_db()
    assert APPROVE not in page
    assert "You made this release. Another coordinator approves it." in page
    assert release.state == ReleaseState.CHECKED


def test_second_coordinator_approves(maker, approver):
    release, browser = make_draft(maker), browser_of(approver)
    assert APPROVE in browser.get(release.get_absolute_url()).content.decode()
    browser.post(f"{LIST}{release.pk}/approve/", {"has_compared": "on"})
    release.refresh_from_db()
    assert release.state == ReleaseState.APPROVED


def test_page_without_a_second_coordinator_says_so(maker):
    release = make_draft(maker)
    page = browser_of(maker).get(release.get_absolute_url()).content.decode()
    assert "There is no second coordinator who can approve this." in page


def test_publish_asks_first(maker, approver):
    release, browser = make_draft(maker), browser_of(approver)
    approve_release(release, has_compared=True, by=approver)
    page = browser.post(f"{LIST}{release.pk}/publish/").content.decode()
    assert "A published release is never changed, only corrected." in page
    assert Release.objects.get().state == ReleaseState.APPROVED
    browser.post(f"{LIST}{release.pk}/publish/", {"confirmed": "yes"})
    assert Release.objects.get().state == ReleaseState.PUBLISHED


def test_correction_keeps_what_was_typed_where_it_is_refused(maker, approver):
    release, browser = make_published(maker, approver), browser_of(maker)
    answer = browser.post(f"{LIST}{release.pk}/correct/", {"reason": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()


def test_task_waits_for_everybody_but_the_maker_until_it_is_approved(maker, approver):
    release = make_draft(maker)
    item = OpenItem.objects.get(kind="reporting.release_approval")
    assert item.barred == maker.pk
    approve_release(release, has_compared=True, by=approver)
    assert not OpenItem.objects.filter(kind="reporting.release_approval").exists()
    assert OpenItem.objects.filter(kind="reporting.release_publication").exists()
