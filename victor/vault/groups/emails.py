"""Mails to the members and officers of a group: that something happened, never what a record says."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.models import User
from victor.mail.actions import queue_facts
from victor.vault.groups.models import Group


def notify_of_request(group: Group) -> None:
    """Tell everybody of the group that somebody asks for access, so that a false request is noticed."""
    for user in _members_and_officers(group):
        with override(user.language):
            _send(user, _("Vault recovery requested"))


def notify_of_recovery(group: Group) -> None:
    """Tell everybody of the group that an access was restored."""
    for user in _members_and_officers(group):
        with override(user.language):
            _send(user, _("Vault access restored"))


def _members_and_officers(group: Group) -> list[User]:
    ids = {*group.members.values_list("user", flat=True), *group.officers.values_list("user", flat=True)}
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("pk"))


def _send(user: User, subject: str) -> None:
    url = urljoin(settings.SITE_URL, reverse(settings.VAULT_URL))
    facts = {"happened": subject, "url": url}
    queue_facts(recipient=user.email, subject=subject, template="emails/vault_recovery.txt", facts=facts)
