"""The menu of a portal in which nothing has been entered yet."""

from __future__ import annotations

import pytest

from partners.memberships.states import Role
from tests.outlines import Outline, menu_of
from tests.people import browser_of, organisation, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_menu_of_whoever_has_nothing_yet_leads_to_no_empty_page(role):
    browser = browser_of(person(role, organisation("alone")))
    pages = {address: browser.get(address, follow=True).content for address in menu_of(browser)}
    assert {address for address, content in pages.items() if Outline(address, content).is_empty} == set()
