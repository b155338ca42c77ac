"""The people of a desk and its keys, in the workspace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.desk.models import Desk
from partners.memberships.states import Role
from tests.bundled import with_desks
from tests.confirming import CONFIRMED
from tests.desks.project_desks import load_desk, make_colleague, public_desk, staff_desk
from tests.people import browser_of, organisation, person
from tests.vault.people import PASSPHRASE, open_vault
from victor.audit.models import Entry
from victor.vault.groups.models import Group

pytestmark = [pytest.mark.django_db, with_desks]
PAGE = "/en/workspace/desks/greece/people/"


def unlocked(user):
    """A browser in which the person's vault is open."""
    browser = browser_of(user)
    assert browser.post("/en/workspace/vault/unlock/", {"passphrase": PASSPHRASE}).status_code == 302
    return browser


def messages_of(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_supervisor_sees_who_is_ready_and_opens_the_keys():
    desk = load_desk()
    anna, _ben = make_colleague(desk, Role.SUPERVISOR), make_colleague(desk)
    browser = browser_of(anna.person)
    page = browser.get(PAGE).content.decode()
    assert "2 people here have set a vault passphrase" in page
    answer = browser.post(f"{PAGE}open/", CONFIRMED, follow=True)
    assert messages_of(answer) == ["The desk now has its keys."]
    assert Desk.objects.get(slug="greece").group.members.count() == 2
    assert "Nobody could replace a forgotten passphrase." in answer.content.decode()


def test_supervisor_without_a_vault_is_told_why_the_keys_cannot_be_opened():
    desk = load_desk()
    browser = browser_of(person(Role.SUPERVISOR, desk.organisation))
    assert messages_of(browser.post(f"{PAGE}open/", CONFIRMED, follow=True)) == [
        "This person has not set up a vault passphrase yet."
    ]
    assert not Group.objects.exists()


def test_supervisor_gives_and_takes_the_keys():
    desk = load_desk()
    anna, _ben = staff_desk(desk)
    cleo, browser = make_colleague(desk), unlocked(anna.person)
    step = f"{PAGE}{cleo.person.pk}/"
    members = desk.group.members.filter(user=cleo.person)
    assert messages_of(browser.post(f"{step}admit/", follow=True)) == [
        f"{cleo.person.name} can now read the reports of this desk."
    ]
    assert members.exists()
    browser.post(f"{step}appoint/")
    browser.post(f"{step}relieve/", CONFIRMED)
    browser.post(f"{step}dismiss/", CONFIRMED)
    assert not members.exists()
    actions = Entry.objects.filter(action__startswith="desk.").order_by("pk").values_list("action", flat=True)
    assert list(actions)[-4:] == [
        *("desk.admitted", "desk.officer_appointed", "desk.officer_relieved", "desk.dismissed"),
    ]


def test_step_with_a_locked_vault_leads_to_unlocking_it():
    desk = load_desk()
    anna, ben = staff_desk(desk)
    answer = browser_of(anna.person).post(f"{PAGE}{ben.person.pk}/dismiss/")
    assert answer["Location"].startswith("/en/workspace/vault/unlock/")
    assert desk.group.members.count() == 2


@pytest.mark.parametrize("step", ["dismiss", "nothing"])
def test_step_with_a_stranger_or_of_no_kind_is_not_found(step):
    desk = load_desk()
    anna, ben = staff_desk(desk)
    stranger = open_vault(person(Role.WORKER, organisation("other")))
    whom = stranger.person if step == "dismiss" else ben.person
    assert unlocked(anna.person).post(f"{PAGE}{whom.pk}/{step}/").status_code == 404


def test_supervisor_of_another_desk_learns_nothing_and_a_worker_is_refused():
    desk = load_desk()
    assert browser_of(person(Role.SUPERVISOR, organisation("other"))).get(PAGE).status_code == 404
    assert browser_of(person(Role.WORKER, desk.organisation)).get(PAGE).status_code == 403


def test_led_desks_lead_to_the_only_one_or_say_that_there_is_none():
    desk = load_desk()
    answer = browser_of(person(Role.SUPERVISOR, desk.organisation)).get("/en/workspace/desks/people/")
    assert answer["Location"] == PAGE
    page = browser_of(person(Role.SUPERVISOR, organisation("other"))).get("/en/workspace/desks/people/")
    assert "Your organisation has no desk yet." in page.content.decode()


def test_those_who_can_mend_it_are_told_that_a_public_desk_lacks_something(at):
    desk = public_desk()
    supervisor, coordinator = person(Role.SUPERVISOR, desk.organisation), person(Role.COORDINATOR)
    waiting = "1 desk is incomplete"
    for who in (supervisor, coordinator):
        assert waiting not in browser_of(who).get("/en/workspace/").content.decode()
    at(timezone.now() + timedelta(days=31))
    for who in (supervisor, coordinator):
        page = browser_of(who).get("/en/workspace/").content.decode()
        assert waiting in page
        assert "a test report answered in time in the last 30 days" in page
    assert waiting not in browser_of(person(Role.WORKER, desk.organisation)).get("/en/workspace/").content.decode()
