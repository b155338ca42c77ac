"""Mails to whoever owns a vault: that a passkey opens it from now on, or no longer. Never which passkey."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.models import User
from victor.mail.actions import queue_facts


def notify_of_added(user: User) -> None:
    """Tell somebody that a passkey opens their vault, so that one of somebody else is noticed."""
    with override(user.language):
        _send(user, _("A passkey was added to your vault"))


def notify_of_removed(user: User) -> None:
    """Tell somebody that a passkey opens their vault no longer."""
    with override(user.language):
        _send(user, _("A passkey was removed from your vault"))


def _send(user: User, subject: str) -> None:
    url = urljoin(settings.SITE_URL, reverse(settings.VAULT_URL))
    facts = {"happened": subject, "url": url}
    queue_facts(recipient=user.email, subject=subject, template="emails/vault_passkey.txt", facts=facts)
