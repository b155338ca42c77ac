"""The list of a desk: the most urgent first, filtered by its address, kept fresh, and as fast with many as with few."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desks.reports.models import Report
from desks.reports.states import ReportState, Risk
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import STORY, InboxDesk, unlocked_browser_of
from tests.people import browser_of, person
from tests.reading import Page
from victor.todo.models import OpenItem, SettledItem

pytestmark = pytest.mark.django_db
DESKS = "/en/workspace/desks/"
COUNTERS = f"{DESKS}counters.json"
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.fixture
def inbox(at, inbox) -> InboxDesk:
    """The desk at the moment from which the times of the tests are counted."""
    at(NOW)
    return inbox


@pytest.fixture
def browser(inbox):
    return browser_of(inbox.anna.person)


def references(browser, url: str) -> list[str]:
    answer = browser.get(url)
    assert answer.status_code == 200
    return [row.report.reference for row in answer.context["rows"]]


def test_list_shows_the_most_urgent_first_and_what_is_due_in_words(inbox, browser):
    calm = inbox.report(received_at=NOW - timedelta(hours=1))
    late = inbox.report(received_at=NOW - timedelta(hours=30))
    danger = inbox.report(received_at=NOW - timedelta(minutes=5), danger=True)
    done = {"triaged_at": NOW, "answered_at": NOW, "state": ReportState.TRIAGED}
    quiet = inbox.report(received_at=NOW - timedelta(days=9), **done)
    inbox.report(received_at=NOW, state=ReportState.CLOSED)
    expected = [each.reference for each in (danger, late, calm, quiet)]
    assert references(browser, inbox.url) == expected
    shown = browser.get(inbox.url).content.decode()
    assert all(text in shown for text in ("Triage overdue by 6\N{NO-BREAK SPACE}h", "Read within", "Nothing due"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=closed", ["closed"]),
        ("state=all&order=oldest", ["late", "closed", "mine", "danger"]),
        ("state=all&order=newest", ["danger", "mine", "closed", "late"]),
        ("assigned=me", ["mine"]),
        ("assigned=nobody", ["danger", "late"]),
        ("danger=on", ["danger"]),
        ("overdue=on", ["late"]),
        ("language=uk", ["mine"]),
        ("state=nonsense&page=x", ["danger", "late", "mine"]),
    ],
)
def test_list_is_narrowed_by_its_address(inbox, browser, query, found):
    made = {
        "late": inbox.report(received_at=NOW - timedelta(hours=30)),
        "closed": inbox.report(received_at=NOW - timedelta(hours=3), state=ReportState.CLOSED),
        "mine": inbox.report(received_at=NOW - timedelta(hours=2), assignee=inbox.anna.person, language="uk"),
        "danger": inbox.report(received_at=NOW, danger=True, read_at=NOW, risk=Risk.DANGER),
    }
    assert references(browser, f"{inbox.url}?{query}") == [made[name].reference for name in found]


def test_list_is_searched_by_reference_alone(inbox, browser):
    first, _second = inbox.report(), inbox.report()
    assert references(browser, f"{inbox.url}?reference={first.reference.lower()}") == [first.reference]
    assert references(browser, f"{inbox.url}?reference={STORY[:10]}") == []


def test_empty_list_says_what_to_do(inbox, browser):
    assert b"There are no open reports at this desk." in browser.get(inbox.url).content
    assert b"No results." in browser.get(f"{inbox.url}?danger=on").content


def test_list_has_pages(inbox, browser, monkeypatch):
    monkeypatch.setattr("desks.inbox.views.PAGE_LENGTH", 2)
    made = [inbox.report(received_at=NOW - timedelta(hours=3 - each)).reference for each in range(3)]
    assert references(browser, inbox.url) == made[:2]
    assert references(browser, f"{inbox.url}?page=2") == made[2:]
    assert Page(browser.get(f"{inbox.url}?page=2").content.decode()).links.count("?page=1") == 1


def test_list_holds_nothing_that_was_said(inbox, browser):
    inbox.report()
    assert STORY not in browser.get(f"{inbox.url}?state=all").content.decode()


def test_one_desk_is_entered_at_once_and_a_coordinator_sees_numbers(inbox, browser):
    inbox.report(received_at=NOW - timedelta(hours=30))
    assert browser.get(DESKS).url == inbox.url
    shown = browser_of(person(Role.COORDINATOR)).get(DESKS)
    [(desk, is_mine, _late)] = shown.context["desks"]
    assert desk.waiting == 1
    assert desk.overdue == 1
    assert desk.in_danger == 0
    assert not is_mine
    assert inbox.url not in Page(shown.content.decode()).links


def test_start_page_says_what_waits(inbox, browser):
    report = inbox.report(received_at=NOW)
    shown = browser.get("/en/workspace/").content.decode()
    assert f'href="{inbox.address(report)}"' in shown.partition("Waits for me")[2]
    assert "Triage due in 24\N{NO-BREAK SPACE}h" in shown


def test_start_page_puts_danger_first_with_its_minutes(inbox, browser):
    report = inbox.report(received_at=NOW - timedelta(minutes=2), danger=True)
    shown = browser.get("/en/workspace/").content.decode()
    assert report.reference in shown.partition("<h2>Now</h2>")[2].partition("Waits for me")[0]
    assert "Read within 13\N{NO-BREAK SPACE}min" in shown


def test_start_page_tells_coordinators_which_desk_is_late_and_leads_to_no_report(inbox):
    report = inbox.report(received_at=NOW - timedelta(hours=30))
    shown = browser_of(person(Role.COORDINATOR)).get("/en/workspace/").content.decode()
    assert "Smile: 1 report overdue" in shown
    assert report.reference not in shown


def test_start_page_tells_coordinators_of_no_report_before_it_is_overdue(inbox):
    inbox.report(received_at=NOW)
    shown = browser_of(person(Role.COORDINATOR)).get("/en/workspace/").content.decode()
    assert "1 report overdue" not in shown


def test_start_page_tells_supervisors_only_that_a_deletion_is_to_be_decided(inbox, browser):
    report = inbox.report(received_at=NOW)
    Report.objects.filter(pk=report.pk).update(deletion_asked_at=NOW)
    supervisor = browser_of(person(Role.SUPERVISOR, report.desk.organisation))
    pages = [client.get("/en/workspace/").content.decode() for client in (browser, supervisor)]
    assert [f"{report.reference}: decide about the deletion" in page for page in pages] == [False, True]


def test_report_that_is_deleted_leaves_no_item(inbox):
    report = inbox.report(received_at=NOW)
    assert OpenItem.objects.filter(subject=f"desks.report:{report.pk}").exists()
    Report.objects.filter(pk=report.pk).delete()
    assert not OpenItem.objects.filter(source=str(report.pk)).exists()
    assert not SettledItem.objects.exists()


def test_counters_are_the_same_until_something_changes(inbox, browser):
    inbox.report(received_at=NOW, danger=True)
    first = browser.get(COUNTERS)
    counters = {"waiting": 1, "overdue": 0, "in_danger": 1, "newest": int(NOW.timestamp())}
    assert first.json() == {"smile": counters}
    assert browser.get(COUNTERS, headers={"If-None-Match": first["ETag"]}).status_code == 304
    inbox.report(received_at=NOW)
    assert browser.get(COUNTERS, headers={"If-None-Match": first["ETag"]}).json()["smile"]["waiting"] == 2


def test_page_that_asks_by_itself_keeps_no_vault_open(inbox, at):
    browser = unlocked_browser_of(inbox.anna)
    for minutes in (10, 16):
        at(NOW + timedelta(minutes=minutes))
        browser.get(COUNTERS, headers={"X-Unattended": "1"})
    assert b"Vault locked" in browser.get(inbox.url).content


def many(inbox: InboxDesk, count: int) -> None:
    """So many more reports, in every state, by SQL: four of five are over."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH made AS (
                INSERT INTO vault_key (id, kind, public, owner, stamp, created_at)
                SELECT gen_random_uuid(), 'record', '\\x00', '', '', now() FROM generate_series(1, %s) RETURNING id
            ), numbered AS (SELECT id, row_number() OVER () AS n FROM made)
            INSERT INTO desks_report (id, reference, desk_id, key_id, country_id, language, channel, danger, is_test,
                suspected_spam, state, outcome, risk, received_at, triaged_at, answered_at, hold, stamp)
            SELECT gen_random_uuid(), 'M' || %s || n, %s, id, 'GR', (ARRAY['el','bg','uk'])[1 + n %% 3], 'web',
                n %% 50 = 0, false, false,
                CASE WHEN n %% 5 > 0 THEN 'closed' ELSE (ARRAY['acknowledged','triaged'])[1 + n / 5 %% 2] END,
                '', '', now() - n * interval '7 minutes', CASE WHEN n / 5 %% 2 = 1 THEN now() END,
                CASE WHEN n / 5 %% 4 = 1 THEN now() END, false, '' FROM numbered
            """,
            [count, count, inbox.desk.pk],
        )
        cursor.execute("ANALYZE desks_report")


def measured(looks: list[tuple[Client, str]]) -> list[tuple[float, int]]:
    """The best of fifteen answers to each, in milliseconds, and its queries: in turns, so that load slows all alike."""
    times: list[list[float]] = [[] for _ in looks]
    queries = [0 for _ in looks]
    for _ in range(15):
        for number, (browser, url) in enumerate(looks):
            began = perf_counter()
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(url).status_code == 200
            times[number].append((perf_counter() - began) * 1000)
            queries[number] = len(captured)
    return [(min(own), number) for own, number in zip(times, queries, strict=True)]


@pytest.mark.prove
@pytest.mark.long
def test_list_of_a_hundred_thousand_is_as_fast_as_one_of_a_thousand(inbox, browser, figure):
    large = InboxDesk("large")
    many(inbox, 1000)
    many(large, 99_999)
    looker = browser_of(large.anna.person)
    for query in ("", "?state=all&order=newest", "?state=closed", "?state=all&order=newest&page=20"):
        few, lots = measured([(browser, inbox.url + query), (looker, large.url + query)])
        figure(f"inbox, {query or 'to do'}: with 1,000 and 100,000 reports", f"{few[0]:.0f} ms, {lots[0]:.0f} ms")
        figure(f"inbox, {query or 'to do'}: queries", lots[1])
        assert lots[1] <= 12
        assert lots[0] < 3 * few[0]


@pytest.mark.parametrize("typed", ["q2x", "BG-RQ2", "bgrq2x3x", " rq2x 3x ", "RQ2X3X"])
def test_report_is_found_by_any_part_of_its_reference_in_any_state(inbox, browser, typed):
    inbox.report()
    closed = inbox.report(state=ReportState.CLOSED)
    type(closed).objects.filter(pk=closed.pk).update(reference="BG-RQ2X3X")
    answer = browser.get(inbox.url, {"reference": typed})
    assert [row.report.reference for row in answer.context["rows"]] == ["BG-RQ2X3X"]
    assert "Found by reference, in all states." in answer.text


def test_open_danger_stays_on_top_when_nothing_is_due(inbox, browser):
    done = {"read_at": NOW, "triaged_at": NOW, "answered_at": NOW, "state": ReportState.TRIAGED}
    danger = inbox.report(received_at=NOW - timedelta(days=2), danger=True, **done)
    calm = inbox.report(received_at=NOW)
    assert references(browser, inbox.url) == [danger.reference, calm.reference]


def test_request_for_deletion_is_what_is_due(inbox, browser, at):
    at(NOW)
    closed = inbox.report(state=ReportState.CLOSED, read_at=NOW, deletion_asked_at=NOW)
    assert references(browser, inbox.url) == [closed.reference]
    assert "Deletion asked on" in browser.get(inbox.url).text


def test_report_that_nobody_has_opened_is_new(inbox, browser):
    inbox.report(state=ReportState.ACKNOWLEDGED)
    assert '<td role="cell">New</td>' in browser.get(inbox.url).text


def test_title_of_the_tab_names_the_report(inbox):
    report = inbox.report()
    page = unlocked_browser_of(inbox.anna).get(inbox.address(report)).text
    assert f"<title>{report.reference} · Desk – VICTOR</title>" in page
