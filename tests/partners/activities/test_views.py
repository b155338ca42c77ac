"""The pages of a grant and of its activities: for partners, for strangers; what was typed stays."""

from __future__ import annotations

from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.activities import actions
from partners.activities.models import Activity, Deviation, Evidence
from partners.memberships.states import Role
from tests.partners.activities.grants import deviation_of, make_activity, make_grant, make_package, proof_of
from tests.people import browser_of, organisation, person, visitor
from victor.accounts.models import User

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/grants/"


@pytest.fixture
def runner() -> User:
    return person(Role.TRAINER, organisation("one"))


def page_of(activity: Activity) -> str:
    return f"/en/workspace/grant-activities/{activity.pk}/"


def test_list_shows_the_grants_to_partners(runner):
    make_grant(title_en="Many lamps")
    assert "Many lamps" in browser_of(runner).get(LIST).content.decode()


def test_list_sends_a_visitor_to_the_log_in_and_refuses_whoever_has_no_role():
    assert visitor().get(LIST).status_code == 302
    assert browser_of(person()).get(LIST).status_code == 403


def test_grant_that_does_not_exist_is_not_found(runner):
    assert browser_of(runner).get(f"{LIST}999999/").status_code == 404


def test_work_packages_take_the_same_queries_for_two_and_for_thirty(runner, django_assert_max_num_queries):
    package = make_package()
    for _number in range(30):
        make_activity(package)
    browser = browser_of(runner)
    with django_assert_max_num_queries(15):
        page = browser.get(package.grant.get_absolute_url()).content.decode()
    assert "A30" in page


def test_activity_begins_by_its_page(runner):
    activity = make_activity()
    answer = browser_of(runner).post(f"{page_of(activity)}begin/", {"day-on": "2026-02-02"}, follow=True)
    assert "The activity is running." in answer.content.decode()


def test_begin_with_a_bad_day_keeps_what_was_typed(runner):
    activity = make_activity()
    answer = browser_of(runner).post(f"{page_of(activity)}begin/", {"day-on": "soon"})
    assert answer.status_code == 422
    assert 'value="soon"' in answer.content.decode()


def test_other_organisation_reads_the_activity_and_changes_nothing():
    activity = make_activity()
    browser = browser_of(person(Role.TRAINER, organisation("two")))
    assert "Mark as running" not in browser.get(page_of(activity)).content.decode()
    assert browser.post(f"{page_of(activity)}begin/", {"day-on": "2026-02-02"}).status_code == 403


def test_deviation_without_its_effect_keeps_what_was_typed(runner):
    typed = {"deviation-outcome": "dropped", "deviation-what": "A flood came", "deviation-why": "Rain"}
    answer = browser_of(runner).post(f"{page_of(make_activity())}deviations/", typed)
    assert "A flood came" in answer.content.decode()
    assert not Deviation.objects.exists()


def test_deviation_stands_in_the_tasks_of_coordinators(runner):
    coordinator = person(Role.COORDINATOR)
    coordinator.memberships.update(founding=True)
    actions.propose_deviation(deviation_of(make_activity()), by=runner)
    assert "A1: a deviation to approve" in browser_of(coordinator).get("/en/workspace/").content.decode()


def test_return_asks_for_the_reason(runner):
    deviation = actions.propose_deviation(deviation_of(make_activity()), by=runner)
    browser = browser_of(person(Role.COORDINATOR))
    address = f"{page_of(deviation.activity)}deviations/{deviation.pk}/return/"
    assert browser.post(address, {"confirmed": "yes"}).status_code == 422
    browser.post(address, {"confirmed": "yes", "reason": "Say more"})
    assert Deviation.objects.get().return_reason == "Say more"


def test_evidence_is_added_and_read(runner):
    activity, browser = make_activity(), browser_of(runner)
    file = SimpleUploadedFile("agenda.pdf", b"%PDF-1.7 agenda")
    typed = {"evidence-kind": "agenda", "evidence-words": "The agenda", "evidence-file": file}
    browser.post(f"{page_of(activity)}evidence/", typed)
    with closing(browser.get(f"{page_of(activity)}evidence/{Evidence.objects.get().pk}/")) as answer:
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 agenda"


def test_evidence_that_is_no_pdf_is_refused(runner):
    file = SimpleUploadedFile("agenda.pdf", b"MZ a program")
    typed = {"evidence-kind": "agenda", "evidence-words": "The agenda", "evidence-file": file}
    answer = browser_of(runner).post(f"{page_of(make_activity())}evidence/", typed)
    assert answer.status_code == 422
    assert not Evidence.objects.exists()


def test_signature_list_is_not_found_by_its_own_organisation(runner):
    proof = actions.add_evidence(proof_of(make_activity(), kind="list"), by=runner)
    address = f"{page_of(proof.activity)}evidence/{proof.pk}/"
    assert browser_of(runner).get(address).status_code == 404
    with closing(browser_of(person(Role.COORDINATOR)).get(address)) as answer:
        assert answer.status_code == 200


def test_search_of_staff_finds_an_activity(runner):
    make_activity(title_en="Lighting lamps")
    answer = browser_of(runner).post("/en/workspace/search/", {"q": "lighting"})
    assert "A1 Lighting lamps" in answer.content.decode()
