import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from partners.memberships.states import Role
from tests.people import browser_of, person
from victor.mail.models import Message
from victor.mail.states import MessageState

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    return browser_of(person(Role.COORDINATOR))


def try_again(browser: Client, *messages: Message) -> str:
    chosen = {"action": "try_again", "_selected_action": [message.pk for message in messages]}
    answer = browser.post(reverse("admin:mail_message_changelist"), chosen, follow=True)
    return answer.content.decode()


def test_shows_a_coordinator_what_waits_and_never_the_words(write, coordinator):
    message = write(text="Only for Anna.", html="<p>Only for Anna.</p>")
    for page in ("changelist", "change"):
        address = reverse(f"admin:mail_message_{page}", args=[message.pk] if page == "change" else [])
        shown = coordinator.get(address).content.decode()
        assert "anna@example.org" in shown
        assert "Only for Anna" not in shown


def test_tries_only_those_again_that_were_given_up(write, coordinator):
    given_up, waiting = write(), write("maria@example.org")
    Message.objects.filter(pk=given_up.pk).update(state=MessageState.FAILED, attempts=30)
    assert "1 message is being sent again." in try_again(coordinator, given_up, waiting)
    given_up.refresh_from_db()
    assert given_up.state == MessageState.QUEUED
    assert given_up.attempts == 0


@pytest.mark.parametrize("page", ["add", "delete"])
def test_adds_and_deletes_nothing(page, write, coordinator):
    arguments = [write().pk] if page == "delete" else []
    assert coordinator.get(reverse(f"admin:mail_message_{page}", args=arguments)).status_code == 403


def test_is_closed_to_a_worker(write):
    assert browser_of(person(Role.WORKER)).get(reverse("admin:mail_message_changelist")).status_code != 200


def test_belongs_to_the_coordination_pages():
    assert admin.site.is_registered(Message)
