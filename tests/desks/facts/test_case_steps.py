"""The steps of a case that belong to the figures, in a browser."""

from __future__ import annotations

import pytest

from desks.facts.actions import facts_of
from tests.people import browser_of

pytestmark = pytest.mark.django_db
CODES = {"sex": "female", "citizenship": "union", "form": "begging"}


def test_worker_says_the_facts_in_codes(here):
    case = here.case()
    browser_of(here.anna.person).post(here.page(case, "do/figures/"), CODES)
    facts = facts_of(case)
    assert {name: getattr(facts, name) for name in CODES} == CODES


def test_page_shows_what_is_known(here):
    case = here.case()
    browser = browser_of(here.anna.person)
    browser.post(here.page(case, "do/figures/"), CODES)
    assert 'value="begging" selected' in browser.get(here.page(case, "do/figures/")).content.decode()


def test_worker_is_not_offered_to_leave_a_case_out(here):
    case = here.case()
    browser_of(here.anna.person).post(here.page(case, "do/leave-out/"), {"sure": "on"})
    assert not facts_of(case).is_left_out


def test_supervisor_leaves_a_case_out(here):
    case = here.case()
    browser_of(here.chief.person).post(here.page(case, "do/leave-out/"), {"sure": "on"})
    assert facts_of(case).is_left_out
