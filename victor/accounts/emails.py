"""Mails about accounts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.models import Invitation
from victor.mail.actions import queue_facts


def send_invitation(
    invitation: Invitation, *, token: str, organisation_name: str, path_of: Callable[[str], str]
) -> None:
    """Send the invitation in its language. `path_of` makes the path of the page that accepts a token."""
    with override(invitation.language):
        queue_facts(
            recipient=invitation.email,
            subject=_("You have been invited to VICTOR"),
            template="emails/invitation.txt",
            facts={
                "place": organisation_name,
                "url": urljoin(settings.SITE_URL, path_of(token)),
                "days": settings.INVITATION_DAYS,
            },
        )
