"""Actions on accounts: invite a person, revoke an invitation, accept it, close and reopen an account."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from victor.access import Actor, account_of
from victor.accounts import emails
from victor.accounts.errors import AlreadyHasAccount, InvitationNotOpen
from victor.accounts.models import Invitation, PasswordReset, User
from victor.audit.actions import record
from victor.task_queue import queue_task


def token_hash(token: str) -> str:
    """What is stored of an invitation's token. It has 256 random bits, so it needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, email: str, language: str, by: Actor, organisation_name: str, path_of: Callable[[str], str]
) -> Invitation:
    """Send an invitation that can be used once, within seven days.

    `organisation_name` is for the mail, in the language of the invitation. `path_of` makes the path of the page that
    accepts a token. The caller has checked who may invite. An open invitation to the same address is revoked.

    Raises:
        AlreadyHasAccount: somebody with this address can log in already.
    """
    invitation, token = _save_invitation(email=email, language=language, by=by)
    emails.send_invitation(invitation, token=token, organisation_name=organisation_name, path_of=path_of)
    record("invitation.sent", invitation, by=by)
    return invitation


@transaction.atomic
def create_invitation(*, email: str, language: str, by: Actor) -> tuple[Invitation, str]:
    """Create an invitation, and return it with its token, for whoever passes the link on. No email is sent.

    Raises:
        AlreadyHasAccount: somebody with this address can log in already.
    """
    invitation, token = _save_invitation(email=email, language=language, by=by)
    record("invitation.created", invitation, by=by)
    return invitation, token


@transaction.atomic
def revoke(invitation: Invitation, *, by: Actor) -> Invitation:
    """Revoke an invitation that was not used. The caller has checked who may.

    Raises:
        InvitationNotOpen: it was used, revoked, or has expired.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open:
        raise InvitationNotOpen
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    record("invitation.revoked", invitation, by=by)
    return invitation


def accept(invitation: Invitation, *, name: str, password: str) -> User:
    """Accept an invitation: create the account. Its address counts as verified, since the token was sent to it.

    Raises:
        InvitationNotOpen: it was used, revoked, or has expired.
        AlreadyHasAccount: somebody with this address can log in already.
    """
    if not invitation.is_open:
        raise InvitationNotOpen
    user = _new_user(email=invitation.email, name=name, language=invitation.language, password=password)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if not invitation.is_open:
            raise InvitationNotOpen
        _save_user(user)
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
        record("user.created", user, by=user)
        record("invitation.accepted", invitation, by=user, invited_by=invitation.invited_by_id)
    return user


def create_user(*, email: str, name: str, language: str, password: str) -> User:
    """Create an account with a verified address.

    Raises:
        AlreadyHasAccount: somebody with this address can log in already.
    """
    user = _new_user(email=email, name=name, language=language, password=password)
    with transaction.atomic():
        _save_user(user)
        record("user.created", user, by=user)
    return user


@transaction.atomic
def close_account(user: User, *, by: Actor) -> User:
    """Let a person log in no longer, and end their sessions. Keys go after a day, if it is still closed then.

    The caller has checked who may.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active, user.closed_at = False, timezone.now()
    user.save(update_fields=["is_active", "closed_at"])
    ended = end_sessions(user)
    record("account.closed", user, by=by, sessions=ended)
    return user


@transaction.atomic
def reopen_account(user: User, *, by: Actor) -> User:
    """Let a person log in again. The caller has checked who may."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active, user.closed_at = True, None
    user.save(update_fields=["is_active", "closed_at"])
    record("account.reopened", user, by=by)
    return user


def request_password_reset(user: User | None, *, email: str) -> None:
    """Ask the worker for the email by which a person sets a new password. It does as much where there is no account."""
    PasswordReset.objects.create(user=user, email=email if user else "")
    queue_task("victor.accounts.periodic.send_password_resets")


def end_sessions(user: User) -> int:
    """End all sessions of a person. Return how many there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def _save_invitation(*, email: str, language: str, by: Actor) -> tuple[Invitation, str]:
    """A new invitation and its token. An open one to the same address is revoked."""
    email = email.lower()
    _refuse_taken(email)
    Invitation.objects.open().filter(email__iexact=email).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        language=language,
        token_hash=token_hash(token),
        invited_by=account_of(by),
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )
    return invitation, token


def _new_user(*, email: str, name: str, language: str, password: str) -> User:
    """An account that is not saved yet. Its password is hashed (Argon2, which takes long), so lock nothing before."""
    user = User(email=email.lower(), name=name, language=language)
    user.set_password(password)
    return user


def _save_user(user: User) -> None:
    """Save a new account.

    Raises:
        AlreadyHasAccount: somebody with this address can log in already.
    """
    _refuse_taken(user.email)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def _refuse_taken(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        raise AlreadyHasAccount
