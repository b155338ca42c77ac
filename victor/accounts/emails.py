"""What people with an account are sent, apart from the mails of the log-in itself."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.models import Invitation


def invited(invitation: Invitation, *, token: str, place: str) -> None:
    """The way in, in the language of the invitation."""
    with override(invitation.language):
        context = {
            "invitation": invitation,
            "place": place,
            "url": urljoin(settings.SITE_URL, reverse("partners:accept_invitation", args=[token])),
            "days": settings.INVITATION_DAYS,
        }
        message = EmailMultiAlternatives(
            subject=_("You are invited to VICTOR"),
            body=render_to_string("emails/invited.txt", context),
            to=[invitation.email],
        )
        message.attach_alternative(render_to_string("emails/invited.html", context), "text/html")
        message.send()
