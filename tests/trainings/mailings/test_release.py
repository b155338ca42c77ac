"""Finding 8: whoever releases a mailing names the content that they have read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from partners.memberships.states import Role
from tests.confirming import CONFIRMED
from tests.people import browser_of, organisation, person
from tests.trainings.mailings.test_actions import came
from tests.trainings.sample_seminars import make_seminar
from trainings.mailings.actions import write_mailing
from trainings.mailings.message_templates import MessageTemplate
from trainings.mailings.models import Mailing
from trainings.mailings.states import MailKind

pytestmark = pytest.mark.django_db
CHANGED = "This has changed since you opened it"


@pytest.fixture
def trainer():
    return person(Role.TRAINER, organisation("smile"))


@pytest.fixture
def mailing(trainer) -> Mailing:
    seminar = make_seminar()
    came(seminar, "en")
    templates = {"en": MessageTemplate("HARMLESS", "Hi {name}")}
    return write_mailing(Mailing(seminar=seminar, kind=MailKind.WORDS), templates, by=trainer)


def address(mailing: Mailing) -> str:
    return f"/en/workspace/seminars/{mailing.seminar.slug}/mailings/{mailing.pk}/"


def read(browser, mailing: Mailing) -> dict[str, str]:
    shown = browser.get(address(mailing)).content.decode()
    return {"digest": re.search(r'name="digest" value="(\w+)"', shown)[1]}


def release(browser, mailing: Mailing, data: dict[str, str]) -> str:
    return browser.post(f"{address(mailing)}release/", CONFIRMED | data, follow=True).content.decode()


def test_release_refuses_words_that_changed_after_reading(mailing, trainer):
    browser = browser_of(trainer)
    seen = read(browser, mailing)
    write_mailing(mailing, {"en": MessageTemplate("EVIL", "Hi {name}")}, by=trainer)
    answer = release(browser, mailing, seen)
    assert CHANGED in answer
    assert "EVIL" in answer
    assert Mailing.objects.get().released_at is None


def test_release_refuses_where_nothing_that_was_read_is_named(mailing, trainer):
    assert CHANGED in release(browser_of(trainer), mailing, {})


def test_release_refuses_a_schedule_that_changed_after_reading(mailing, trainer):
    browser = browser_of(trainer)
    seen = read(browser, mailing)
    session = mailing.seminar.sessions.first()
    session.ends += timedelta(minutes=5)
    session.save()
    assert CHANGED in release(browser, mailing, seen)


def test_release_sends_the_words_that_were_read(mailing, trainer):
    browser = browser_of(trainer)
    release(browser, mailing, read(browser, mailing))
    assert Mailing.objects.get().released_at is not None
