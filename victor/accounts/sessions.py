"""When a session began and when it ends: twelve hours after the log-in, whatever was done in between."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NotRequired, TypedDict

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

STARTED = "logged_in_at"
SECOND_FACTOR = "mfa"  # what allauth calls it
SECOND_FACTOR_SECONDS = 5 * 60  # for which a second factor counts as given just now
FORM_SECONDS = 10 * 60  # more, to fill in the form that it has opened


class Authentication(TypedDict):
    """How and when a person has proved who they are, as allauth notes it."""

    method: str
    at: float
    reauthenticated: NotRequired[bool]


def note_start(session: SessionBase) -> None:
    """Note when the person has logged in, once a session."""
    if STARTED not in session:
        session[STARTED] = min([time.time(), *(record["at"] for record in _authentications(session))])


def ends_at(session: SessionBase) -> datetime | None:
    """When the session ends. None where nobody has logged in yet."""
    started = session.get(STARTED)
    return None if started is None else datetime.fromtimestamp(started, tz=UTC) + settings.SESSION_LIFETIME


def gave_second_factor(session: SessionBase, *, form_is_sent: bool) -> bool:
    """Whether the person has given the second factor again just now; where a form is sent, since it was opened."""
    seconds = SECOND_FACTOR_SECONDS + (FORM_SECONDS if form_is_sent else 0)
    return any(
        record["method"] == SECOND_FACTOR and record.get("reauthenticated") and time.time() - record["at"] < seconds
        for record in _authentications(session)
    )


def _authentications(session: SessionBase) -> list[Authentication]:
    """How the person has proved who they are in this session, the first time and again, as allauth notes it."""
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY)
    return records if isinstance(records, list) else []
