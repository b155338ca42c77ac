"""The audit log for those who audit: read, narrowed, verified; nothing of it changes and no content is in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.memberships.states import Role
from tests.audit import forgeries
from tests.people import browser_of, person
from tests.plugins.truncation import unguarded
from victor.access import System
from victor.audit.actions import record
from victor.audit.models import Entry
from victor.audit.tasks import verify

pytestmark = pytest.mark.django_db
LOG = "/en/workspace/log/"


def read(role: Role = Role.AUDITOR, **query: str) -> str:
    return browser_of(person(role)).get(LOG, query).content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COORDINATOR])
def test_log_is_shown_to_auditors_and_coordinators(role):
    record("report.read", "desks.report:77", by=System("test"), state="triaged")
    page = read(role)
    assert "report.read" in page
    assert "state: triaged" in page


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.AUDITOR, Role.COORDINATOR}])
def test_log_is_refused_to_other_roles(role):
    assert browser_of(person(role)).get(LOG).status_code == 403


def test_log_names_people_and_links_to_nothing_of_the_admin():
    actor = person(Role.WORKER, name="Maria Worker")
    record("report.read", "desks.report:77", by=actor)
    page = read()
    assert "Maria Worker" in page
    assert "/admin/" not in page


@pytest.mark.parametrize(
    "query",
    [{"action": "report."}, {"object": "desks.report:77"}, {"action": "report.read", "object": "desks.report:77"}],
)
def test_log_is_narrowed_by_action_and_object(query):
    record("report.read", "desks.report:77", by=System("test"))
    record("desk.loaded", "desks.desk:5", by=System("test"))
    page = read(**query)
    assert "report.read" in page
    assert "desk.loaded" not in page


def test_log_is_narrowed_by_person():
    actor = person(Role.WORKER)
    record("report.read", "desks.report:77", by=actor)
    record("desk.loaded", "desks.desk:5", by=System("test"))
    assert "desk.loaded" not in read(person=str(actor.pk))


def test_log_leads_to_older_entries():
    for number in range(60):
        record("report.read", f"desks.report:{number}", by=System("test"))
    browser = browser_of(person(Role.AUDITOR))
    first = browser.get(LOG, {"action": "report.read"})
    before = first.context["page"].next_before
    second = browser.get(LOG, {"action": "report.read", "before": before})
    shown = [row.entry.object for answer in (first, second) for row in answer.context["page"].rows]
    assert shown == [f"desks.report:{number}" for number in reversed(range(60))]


@pytest.mark.parametrize("before", ["0", "-5", "x", "9" * 40])
def test_log_with_an_odd_number_is_shown_all_the_same(before):
    assert browser_of(person(Role.AUDITOR)).get(LOG, {"before": before}).status_code == 200


def test_log_takes_the_same_queries_for_many_people(django_assert_max_num_queries):
    for _number in range(20):
        record("report.read", "desks.report:1", by=person(Role.WORKER, factor=False))
    browser = browser_of(person(Role.AUDITOR))
    with django_assert_max_num_queries(15):
        browser.get(LOG)


def test_verification_is_asked_once_and_its_result_is_shown():
    browser = browser_of(person(Role.AUDITOR))
    assert "is being verified" in browser.post(f"{LOG}verify/", follow=True).content.decode()
    assert "already" in browser.post(f"{LOG}verify/", follow=True).content.decode()
    verify()
    assert "the log is intact" in browser.get(LOG).content.decode()
    assert Entry.objects.filter(action="audit.verification_asked").count() == 1


def test_verification_that_never_ended_is_asked_for_again_after_an_hour(at):
    browser = browser_of(person(Role.AUDITOR))
    now = timezone.now()
    at(now)
    browser.post(f"{LOG}verify/")
    at(now + timedelta(minutes=61))
    browser.post(f"{LOG}verify/")
    assert Entry.objects.filter(action="audit.verification_asked").count() == 2


def test_verification_of_an_altered_log_says_so():
    record("report.read", "desks.report:77", by=System("test"))
    with unguarded():
        forgeries.execute("UPDATE audit_entry SET action = 'report.erased' WHERE action = 'report.read'")
    assert verify() == 1
    assert "1 fault was seen" in read()
