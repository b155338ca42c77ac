"""The pages of targets, values, periods and money: own rows to fill in, all others to read; what was typed stays."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.targets.models import MoneyTotal
from partners.values import actions, closures
from partners.values.models import HandEnteredValue, ValueCorrection
from tests.partners.activities.grants import make_grant
from tests.partners.values.grant_values import approved, checker, entered, make_period, make_target, partner, plan
from tests.people import browser_of, organisation
from victor.accounts.models import User
from victor.indicators.declarations import FIGURES, CountedFigure

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    return partner()


@pytest.fixture
def second() -> User:
    return checker()


@pytest.fixture
def planned():
    return plan(make_period(make_grant()))


def page_of(planned) -> str:
    return f"/en/workspace/planned-values/{planned.pk}/"


def targets_of(planned, query: str = "") -> str:
    return f"/en/workspace/grants/{planned.target.grant_id}/targets/{query}"


def typed(**fields: object) -> dict[str, object]:
    given = {"value-known": "figure", "value-number": "40", "value-source": "The printer's note", "propose": "yes"}
    return given | fields


def test_targets_say_what_the_reader_has_to_fill_in(planned, worker):
    assert "Fill in 1" in browser_of(worker).get(targets_of(planned)).content.decode()


def test_targets_of_others_are_read_only(planned):
    browser = browser_of(partner("two"))
    assert "Fill in" not in browser.get(targets_of(planned)).content.decode()
    assert "Propose the value" not in browser.get(page_of(planned)).content.decode()
    assert browser.post(page_of(planned), typed()).status_code == 403


def test_value_is_proposed_by_its_page(planned, worker):
    answer = browser_of(worker).post(page_of(planned), typed(), follow=True)
    assert "Another person checks it" in answer.content.decode()
    assert HandEnteredValue.objects.get().number == Decimal(40)


def test_value_that_is_missing_keeps_its_reason_and_no_figure(planned, worker):
    reason = "No printer's note"
    browser_of(worker).post(page_of(planned), typed(**{"value-known": "none", "value-missing_reason": reason}))
    value = HandEnteredValue.objects.get()
    assert value.number is None
    assert value.missing_reason == reason


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value-number": "many"}, "Please enter a number in digits"),
        ({"value-number": ""}, "Enter the figure, or say why there is none."),
        ({"value-source": ""}, "Give a source: a list, an invoice, minutes."),
        ({"value-number": "-3"}, "greater than or equal to 0"),
        ({"value-known": ""}, "This field is required"),
    ],
)
def test_bad_value_says_why_and_keeps_what_was_typed(planned, worker, fields, words):
    answer = browser_of(worker).post(page_of(planned), typed(**{"value-missing_reason": "A reason typed"} | fields))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "A reason typed" in page
    assert not HandEnteredValue.objects.exists()


def test_evidence_of_a_value_is_for_its_organisation_and_coordinators(planned, worker, second):
    file = SimpleUploadedFile("note.pdf", b"%PDF-1.7 note")
    browser_of(worker).post(page_of(planned), typed(**{"value-file": file}))
    address = f"{page_of(planned)}evidence/"
    assert browser_of(partner("two")).get(address).status_code == 404
    with closing(browser_of(second).get(address)) as answer:
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 note"


def test_whoever_has_entered_a_value_sees_no_approve(planned, second):
    actions.propose_value(entered(planned), by=second)
    assert "approve/" not in browser_of(second).get(page_of(planned)).content.decode()


def test_posted_approval_of_an_own_value_is_refused(planned, second):
    actions.propose_value(entered(planned), by=second)
    answer = browser_of(second).post(f"{page_of(planned)}approve/", follow=True)
    assert "another person has to decide" in answer.content.decode()


def test_value_is_approved_and_corrected_by_number(planned, worker, second):
    approved(planned, worker, second)
    typed_correction = {"correction-known": "figure", "correction-number": "45", "correction-source": "A second note"}
    typed_correction |= {"correction-what": "Five more", "correction-why": "A late note"}
    browser_of(worker).post(f"{page_of(planned)}corrections/", typed_correction)
    correction = ValueCorrection.objects.get()
    page = browser_of(second).post(f"{page_of(planned)}corrections/{correction.pk}/approve/", follow=True)
    assert "Correction 1" in page.content.decode()
    assert "45" in browser_of(worker).get(targets_of(planned)).content.decode()


def test_return_asks_for_the_reason(planned, worker, second):
    actions.propose_value(entered(planned), by=worker)
    browser = browser_of(second)
    assert browser.post(f"{page_of(planned)}return/", {"confirmed": "yes"}).status_code == 422
    browser.post(f"{page_of(planned)}return/", {"confirmed": "yes", "reason": "Which printer?"})
    assert "Which printer?" in browser_of(worker).get(page_of(planned)).content.decode()


def test_figure_whose_source_fails_is_missing_and_not_zero(monkeypatch, worker):
    def fail(_first: date, _last: date) -> int:
        raise OSError

    monkeypatch.setitem(FIGURES, "test.broken", CountedFigure("test.broken", "Broken", "lamps", fail))
    grant = make_grant()
    row = plan(make_period(grant), target=make_target(grant, indicator="test.broken"), organisation=None)
    assert "Missing: The source did not answer." in browser_of(worker).get(targets_of(row)).content.decode()


def test_small_figure_of_people_is_not_shown(monkeypatch, worker):
    few = CountedFigure("test.few", "Few", "people", lambda _first, _last: 3, threshold=5)
    monkeypatch.setitem(FIGURES, "test.few", few)
    grant = make_grant()
    make_target(grant, indicator="test.few", unit="people")
    for half in (1, 2):
        make_period(grant, half)
    page = browser_of(worker).get(f"/en/workspace/grants/{grant.pk}/targets/?period=all").content.decode()
    assert "not shown" in page


def test_targets_of_all_periods_are_put_together_in_two_ways(worker, second):
    grant = make_grant()
    target = make_target(grant, across_time="latest", across_places="sum")
    two = partner("two")
    for half, numbers in ((1, (3, 5)), (2, (6, 2))):
        period = make_period(grant, half)
        for person, slug, number in ((worker, "one", numbers[0]), (two, "two", numbers[1])):
            approved(plan(period, organisation(slug), target=target), person, second, number=Decimal(number))
    page = browser_of(worker).get(f"/en/workspace/grants/{grant.pk}/targets/?period=all")
    [row] = page.context["page"].rows
    assert row.reading.number == Decimal(8)


def test_targets_take_the_same_queries_for_two_and_for_sixty(worker, second, django_assert_max_num_queries):
    grant = make_grant()
    period = make_period(grant)
    for number in range(30):
        target = make_target(grant, title_en=f"Lamps {number}")
        approved(plan(period, target=target), worker, second)
        plan(period, organisation("two"), target=target)
    browser = browser_of(worker)
    with django_assert_max_num_queries(18):
        page = browser.get(f"/en/workspace/grants/{grant.pk}/targets/").content.decode()
    assert "Lamps 29" in page


def test_period_is_closed_and_approved_by_the_page(planned, worker, second):
    approved(planned, worker, second)
    address = f"/en/workspace/grants/{planned.target.grant_id}/periods/"
    period = f"{address}{planned.period_id}/"
    close = f"{period}organisations/{planned.organisation.slug}/close/"
    assert "Close the period" in browser_of(worker).post(close).content.decode()
    browser_of(worker).post(close, {"confirmed": "yes"})
    answer = browser_of(second).post(f"{period}approve/", {"confirmed": "yes"}, follow=True)
    assert "The period is approved." in answer.content.decode()


def test_periods_take_the_same_queries_for_two_and_for_thirty(worker, django_assert_max_num_queries):
    grant = make_grant()
    target = make_target(grant)
    for month in range(1, 13):
        days = {"first_on": date(2026, month, 1), "last_on": date(2026, month, 28), "due_on": date(2027, 1, 1)}
        plan(make_period(grant, **days), target=target)
    browser = browser_of(worker)
    with django_assert_max_num_queries(16):
        browser.get(f"/en/workspace/grants/{grant.pk}/periods/")


def test_money_is_typed_with_its_source_by_its_own_organisation(planned, worker):
    address = f"/en/workspace/grants/{planned.target.grant_id}/money/"
    total = {"period": planned.period_id, "organisation": planned.organisation_id, "kind": "spent"}
    browser = browser_of(worker)
    assert browser.post(address, total | {"amount": "10.50"}).status_code == 422
    browser.post(address, total | {"amount": "10.50", "source": "Ledger of June"})
    assert MoneyTotal.objects.get().amount == Decimal("10.50")
    other = browser.post(address, total | {"organisation": organisation("two").pk, "amount": "1", "source": "x"})
    assert other.status_code == 422


def test_money_page_says_who_keeps_the_accounts(worker):
    grant = make_grant(accounts_keeper=organisation("smile"))
    page = browser_of(worker).get(f"/en/workspace/grants/{grant.pk}/money/").content.decode()
    assert "The accounts are kept by Smile." in page


def test_value_that_is_missing_stands_in_the_tasks_of_its_owner_until_it_is_proposed(at, planned, worker):
    at(date(2026, 7, 10))
    planned.owner = worker
    planned.save()
    browser = browser_of(worker)
    assert "1 value of a grant to fill in" in browser.get("/en/workspace/").content.decode()
    actions.propose_value(entered(planned), by=worker)
    assert "value of a grant to fill in" not in browser.get("/en/workspace/").content.decode()


def test_value_to_check_stands_in_the_tasks_of_a_coordinator(planned, worker, second):
    actions.propose_value(entered(planned), by=worker)
    assert "1 value of a grant to check" in browser_of(second).get("/en/workspace/").content.decode()


def test_closed_period_stands_in_the_tasks_of_a_coordinator(at, planned, worker, second):
    approved(planned, worker, second)
    closures.close_period(planned.period, planned.organisation, by=worker)
    at(date(2026, 12, 2))
    assert "A period of a grant is closed by all" in browser_of(second).get("/en/workspace/").content.decode()
