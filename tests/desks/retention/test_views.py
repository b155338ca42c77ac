"""Pages of deletion: who sees what, and what a press does."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from desks.reports.models import Report
from desks.reports.states import ReportState
from desks.retention.models import Hold, RetentionRule
from partners.memberships.states import Role
from tests.desks.retention.deletable_reports import RetentionDesk, noon
from tests.people import browser_of, organisation, person
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.passphrases import sessions
from victor.vault.passphrases.middleware import COOKIE
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
REASON = "The court of Athens asks"
RULE = {"outcome": "unfounded", "country": "", "days": 60, "starts": "2027-02-01"}
RULES = "/en/workspace/retention/"


@pytest.fixture
def inbox(at) -> RetentionDesk:
    at(noon())
    return RetentionDesk()


@pytest.fixture
def report(inbox) -> Report:
    return inbox.report(closed_at=noon(), erase_on=noon(1).date(), deletion_asked_at=noon())


def at_work(who: UnlockedVault) -> Client:
    """A browser in which somebody is logged in and their vault is open."""
    browser = browser_of(who.person)
    session = browser.session
    session.save()
    secret = sessions.keep_unlocked(
        session, UnlockedVault(who.person, who.key_id, type(who.private)(bytes(who.private)))
    )
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    browser.cookies[COOKIE] = secret
    return browser


def coordinator() -> Client:
    return browser_of(person(Role.COORDINATOR, organisation("coordinator")))


def test_desk_sees_what_is_deleted_tomorrow(inbox, report):
    page = browser_of(inbox.anna.person).get(f"{inbox.url}retention/").content.decode()
    assert report.reference in page
    assert "Tomorrow" in page
    assert f"Decided by a supervisor: {inbox.chief.person.name}" in page


def test_supervisor_holds_with_a_reason_that_lies_in_the_vault_and_lifts(inbox, report):
    browser = at_work(inbox.chief)
    page = browser.post(f"{inbox.url}retention/{report.reference}/", {"reason": REASON}, follow=True)
    assert REASON in page.content.decode()
    assert Envelope.objects.filter(content__contains=REASON.encode()).count() == 0
    browser.post(f"{inbox.url}retention/holds/{Hold.objects.get().pk}/lift/")
    report.refresh_from_db()
    assert not report.hold
    assert report.erase_on == noon(90).date()


def test_locked_vault_is_opened_first(inbox, report):
    response = browser_of(inbox.chief.person).get(f"{inbox.url}retention/{report.reference}/")
    assert response.url.startswith("/en/workspace/vault/unlock/")


def test_held_report_is_not_deleted_and_the_supervisor_is_told_why(inbox, report):
    at_work(inbox.chief).post(f"{inbox.url}retention/{report.reference}/", {"reason": REASON})
    address = f"{inbox.url}retention/{report.reference}/erase/"
    page = browser_of(inbox.chief.person).post(address, {"confirmed": "yes"}).text
    assert "This report is kept: Legal hold" in page
    assert Report.objects.exists()


@pytest.mark.parametrize("path", ["", "{}/", "{}/erase/"])
def test_supervisor_of_another_desk_finds_nothing(inbox, report, path):
    other = RetentionDesk("elsewhere")
    address = f"{inbox.url}retention/{path.format(report.reference)}"
    assert at_work(other.chief).get(address).status_code in {404, 405}
    assert at_work(other.chief).post(address, {"reason": "x"}).status_code in {404, 405}


def test_two_coordinators_make_a_rule(inbox):
    one, two = coordinator(), coordinator()
    one.post(RULES, RULE)
    rule = RetentionRule.objects.get()
    page = one.post(f"{RULES}{rule.pk}/approve/", {"confirmed": "yes"}, follow=True).content.decode()
    assert "Another coordinator has to approve it." in page
    assert "1 rule to approve" in two.get("/en/workspace/").content.decode()
    assert "An approved rule cannot be cancelled." in two.post(f"{RULES}{rule.pk}/approve/").text
    answer = two.post(f"{RULES}{rule.pk}/approve/", {"confirmed": "yes"}, follow=True)
    assert "The rule has been approved." in answer.text
    rule.refresh_from_db()
    assert rule.approved_by != rule.proposed_by


@pytest.mark.parametrize("wrong", [{"days": 29}, {"days": 3651}, {"starts": "2027-01-14"}, {"outcome": "received"}])
def test_rule_that_gives_no_time_is_refused(inbox, wrong):
    assert coordinator().post(RULES, RULE | wrong).context["form"].errors != {}
    assert RetentionRule.objects.count() == 0


def test_both_sides_read_the_same_day(inbox, report):
    for at_the_desk in (True, False):
        html = render_to_string("desks/retention/_deletion_date.html", {"report": report, "for_desk": at_the_desk})
        assert "This will be deleted on <b>16 January 2027</b>." in html


def test_reporter_is_not_told_of_a_hold(inbox, report):
    report.hold, report.erase_on = True, None
    html = render_to_string("desks/retention/_deletion_date.html", {"report": report})
    assert "law" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_desk_asks_the_same_for_one_report_and_for_three(inbox, django_assert_num_queries, count):
    for _ in range(count):
        inbox.report(erase_on=noon(5).date(), state=ReportState.CLOSED)
    browser = browser_of(inbox.chief.person)
    browser.get(f"{inbox.url}retention/")
    with django_assert_num_queries(11):  # one asks whether the rail leads to seminars
        browser.get(f"{inbox.url}retention/")
