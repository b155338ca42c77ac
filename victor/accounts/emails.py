"""Mails about accounts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.models import Invitation
from victor.mail.emails import compose_email


def send_invitation(
    invitation: Invitation, *, token: str, organisation_name: str, path_of: Callable[[str], str]
) -> None:
    """Send the invitation in its language. `path_of` makes the path of the page that accepts a token."""
    with override(invitation.language):
        context = {
            "place": organisation_name,
            "url": urljoin(settings.SITE_URL, path_of(token)),
            "days": settings.INVITATION_DAYS,
        }
        text = render_to_string("emails/invitation.txt", context)
        compose_email(subject=_("You have been invited to VICTOR"), text=text, to=invitation.email).send()
