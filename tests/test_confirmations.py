"""What cannot be undone asks first: every such route stands behind the one page, and waits for its button."""

from __future__ import annotations

from typing import Any

import pytest

from partners.memberships.states import Role
from tests.people import browser_of
from tests.routes import routes
from tests.test_access import holder_of, irrevocable_routes
from tests.test_access import house as make_house
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
house = make_house
ASKING = sorted(irrevocable_routes())
# Which of them the house of the table leads to, and who may do it there. The others have tests of their own.
DOERS = {
    "campaigns:remove_activity": "superuser",
    "desks:approve_rule": Role.COORDINATOR,
    "desks:open_keys": Role.SUPERVISOR,
    "trainings:cancel": Role.TRAINER,
    "trainings:mailing_discard": Role.TRAINER,
    "trainings:remove_material": Role.TRAINER,
    "trainings:revoke_certificate": Role.TRAINER,
    "workspace:picture_remove": Role.EDITOR,
}


def address_of(name: str) -> str:
    [address] = [route.address for route in routes() if route.name == name]
    return address


def press(name: str, **sent: str) -> Any:
    """Send the route what its button sends, as somebody who may."""
    return browser_of(holder_of(DOERS[name])).post(address_of(name), sent)


def test_every_irrevocable_route_asks_first():
    asking = {route.name for route in routes() if route.asks_first}
    assert irrevocable_routes() - asking == set()


def test_every_view_that_asks_first_has_a_route_that_is_marked():
    """Some views have a route for each step, and ask for those alone that cannot be undone."""
    marked = {route.view for route in routes() if route.name in irrevocable_routes()}
    assert {route.view for route in routes() if route.asks_first} == marked


@pytest.mark.parametrize("name", sorted(DOERS))
def test_press_alone_shows_what_will_happen_and_does_nothing(house, name):
    browser = browser_of(holder_of(DOERS[name]))
    before = Entry.objects.count()
    answer = browser.post(address_of(name))
    assert "elements/confirm.html" in [template.name for template in answer.templates]
    assert "button--danger" in answer.content.decode()
    assert answer.context["confirmation"].consequences
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", sorted(set(DOERS) - {"trainings:revoke_certificate"}))
def test_press_on_the_page_that_asks_does_it(house, name):
    answer = press(name, confirmed="yes")
    assert answer.status_code == 302


def test_page_that_asks_carries_what_was_sent(house):
    answer = press("trainings:cancel", when="today")
    assert '<input type="hidden" name="when" value="today">' in answer.content.decode()


def test_page_that_asks_demands_the_reason_that_is_owed(house):
    answer = press("trainings:revoke_certificate", confirmed="yes", reason="")
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"]


def test_page_that_asks_offers_the_way_back(house):
    answer = press("trainings:cancel")
    assert 'href="/en/workspace/seminars/smile/">Back</a>' in answer.content.decode()
