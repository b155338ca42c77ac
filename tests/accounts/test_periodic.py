from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.people import browser_of, person
from victor.accounts.periodic import clear_sessions

pytestmark = pytest.mark.django_db


def note_session(browser, user) -> UserSession:
    return UserSession.objects.create(
        user=user, ip="10.0.0.1", user_agent="A browser", session_key=browser.session.session_key
    )


def test_clear_sessions_forgets_addresses_and_browsers_of_ended_sessions():
    user = person()
    ended, open_ = (note_session(browser_of(user), user) for _ in range(2))
    Session.objects.filter(pk=ended.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    clear_sessions()
    assert list(UserSession.objects.all()) == [open_]
    assert list(Session.objects.values_list("pk", flat=True)) == [open_.session_key]
