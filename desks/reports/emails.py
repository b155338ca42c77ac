"""What desks send: that something waits, and nothing else. No reference, no country, no word of what was said."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.models import User
from victor.mail.actions import queue
from victor.mail.emails import compose_email


def notify_worker(user: User) -> None:
    """Somebody at a desk, or who is told next, learns that they should look."""
    with override(user.language):
        context = {"url": urljoin(settings.SITE_URL, reverse(settings.LOGIN_REDIRECT_URL))}
        text = render_to_string("emails/something_waits.txt", context)
        compose_email(subject=_("You have a task in VICTOR"), text=text, to=user.email).send()


def notify_reporter(address: str, *, language: str) -> None:
    """Whoever has asked for it learns that there is something to read: not where, not what, and not from whom."""
    with override(language):
        queue(
            recipient=address,
            sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
            language=language,
            subject=_("There is a new message for you"),
            text=_("You asked us to tell you. Please do not reply to this message."),
            discreet=True,
        )
