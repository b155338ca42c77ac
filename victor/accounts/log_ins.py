"""What the audit log knows of log-ins: who came in and out, which attempts failed, and which requests were refused.

Entries name the account and never an address. What anybody can repeat at will is counted by the hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_out, user_login_failed

from victor.access import Visitor
from victor.accounts.models import User
from victor.audit.actions import record, record_hourly

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "accounts.user:unknown"


def connect() -> None:
    """Hear of log-ins from the libraries that make them."""
    user_logged_in.connect(_record_log_in, dispatch_uid="audit")
    user_logged_out.connect(_record_log_out, dispatch_uid="audit")
    user_login_failed.connect(_record_failure, dispatch_uid="audit")
    authentication_failed.connect(_record_wrong_factor, dispatch_uid="audit")


def record_lock_out(credentials: Mapping[str, object]) -> None:
    """Somebody has tried so often from one place that no password is looked at from there for some minutes."""
    record_hourly("account.locked", _account_of(credentials), by=Visitor())


def record_wrong_factor(user: User) -> None:
    """A second factor was wrong."""
    record_hourly("account.login_failed", user, by=Visitor(), factor="second")


def record_refusal(user: User, route: str) -> None:
    """Somebody who is logged in was refused a page."""
    record_hourly("access.refused", user, by=user, route=route)


def _record_log_in(sender: object, request: object, user: User, **kwargs: object) -> None:
    record("account.logged_in", user, by=user)


def _record_log_out(sender: object, request: object, user: User | None, **kwargs: object) -> None:
    if user is not None and user.pk:
        record("account.logged_out", user, by=user)


def _record_failure(sender: object, credentials: Mapping[str, object], **kwargs: object) -> None:
    record_hourly("account.login_failed", _account_of(credentials), by=Visitor(), factor="first")


def _record_wrong_factor(sender: object, user: User, **kwargs: object) -> None:
    record_wrong_factor(user)


def _account_of(credentials: Mapping[str, object]) -> User | str:
    email = str(credentials.get("email") or "")
    return User.objects.filter(email__iexact=email).first() or UNKNOWN
