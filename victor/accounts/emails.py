"""What people with an account are sent."""

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
            "place": place,
            "url": urljoin(settings.SITE_URL, reverse("partners:accept_invitation", args=[token])),
            "days": settings.INVITATION_DAYS,
        }
        text = render_to_string("emails/invited.txt", context)
        on_paper(subject=_("You are invited to VICTOR"), text=text, to=invitation.email).send()


def on_paper(*, subject: str, text: str, to: str) -> EmailMultiAlternatives:
    """A message in the active language as all of ours look: in plain text and as a simple page, with the notice."""
    context = {"subject": subject, "text": text.strip()}
    message = EmailMultiAlternatives(subject=subject, body=render_to_string("emails/message.txt", context), to=[to])
    message.attach_alternative(render_to_string("emails/message.html", context), "text/html")
    return message
