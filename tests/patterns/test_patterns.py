"""The page of the tests that shows every pattern: it renders, and each pattern does what docs/patterns.md says."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from partners.memberships.states import Role
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
URL = "/en/patterns/"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.patterns.views"


@pytest.fixture
def browser(at):
    at(datetime(2026, 11, 29, 12, tzinfo=UTC))
    return browser_of(person(Role.WORKER))


@pytest.mark.parametrize("language", ["en", "el", "bg", "ro", "sl", "sr", "hu", "uk"])
def test_every_pattern_is_shown_in_every_language(browser, language):
    assert browser.get(f"/{language}/patterns/").status_code == 200


def test_lists_and_sentences_have_one_format_of_a_day_each(browser):
    page = browser.get(URL).text
    assert "<p>29 Nov · 29 Nov, 05:17 · Sun 29 Nov, 05:17 · 05:17</p>" in page
    assert "<p>29 November 2026 · 29 November 2026, 05:17 · November 2026</p>" in page


def test_day_of_another_year_has_its_year_in_a_list(browser):
    assert "29 Nov 2025, 05:17</time>" in browser.get(URL).text


@pytest.mark.parametrize(
    ("language", "written"),
    [("bg", "29 ноември 2026"), ("el", "29 Νοεμβρίου 2026"), ("hu", "2026. november 29."), ("sl", "29. 11. 2026")],
)
def test_day_in_a_sentence_is_written_as_the_language_does(browser, language, written):
    assert f"<p>{written}" in browser.get(f"/{language}/patterns/").text


def test_page_names_its_clock(browser):
    assert "Times: Athens, UTC+2" in browser.get(URL).text


def test_filter_is_folded_until_something_is_chosen(browser):
    page = browser.get(URL).text
    assert re.findall(r'<details class="filter"( open)?', page) == ["", " open"]
    assert "<summary>Filters: Danger now, Anna, Danger</summary>" in page


def test_cell_of_a_card_has_the_name_of_its_column(browser):
    row = re.search(r'<tr role="row">.*?</tr>', browser.get(URL).text.partition("<tbody")[2], re.DOTALL)
    assert row
    assert re.findall(r'data-label="([^"]+)"', row.group()) == ["Status", "Received", "Overdue"]
    assert row.group().count('role="cell"') == 4
    assert row.group().count('role="rowheader"') == 1


def test_empty_list_says_what_can_be_done_next(browser):
    page = browser.get(URL).text
    assert page.count('<div class="empty">') == 2
    assert '<a class="button button--quiet" href="?">Clear the filters</a>' in page


def test_wrong_form_is_summed_up_with_ways_to_its_fields(browser):
    page = browser.post(URL, {}).text
    assert "<title>Error: Patterns" in page
    assert all(f'<a href="#{field}">' in page for field in ("id_name", "id_day", "id_country", "id_risk_0"))


def test_page_that_asks_first_says_what_will_happen(browser):
    page = browser.get("/en/patterns/confirm/").text
    assert "<h1>Give up your place?</h1>" in page
    assert '<button class="button button--danger" type="submit">Delete</button>' in page


def test_many_tabs_fold_behind_a_button_that_names_the_current_one(browser):
    page = browser.get(URL).text
    assert page.count("<summary>Many tabs: <b>Statistics &amp; figures</b></summary>") == 1
    assert page.count('class="tabs-button"') == 1


def test_current_tab_and_chip_are_marked_for_those_who_see_no_colour(browser):
    page = browser.get(URL).text
    assert '<nav class="tabs" aria-label="Tabs"><ul>' in page
    assert '<nav class="chips" aria-label="Chips"><ul class="inline">' in page
    assert page.count('aria-current="page">Reports') == 1
