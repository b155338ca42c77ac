"""Mails about accounts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.models import Invitation, User
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


def compose_reset_mail(user: User, email: str) -> EmailMessage:
    """The mail with the link by which a person sets a new password, in their language."""
    uid, token = user_pk_to_url_str(user), default_token_generator.make_token(user)
    with override(user.language):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        facts = {"user": user, "password_reset_url": urljoin(settings.SITE_URL, path), "uid": uid, "key": token}
        message: EmailMessage = get_adapter().render_mail("account/email/password_reset_key", email, facts)
    return message
