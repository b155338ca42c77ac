"""What desks send: that something waits, and nothing else. No reference, no country, no word of what was said."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.mail.actions import queue
from victor.mail.emails import compose_email

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from victor.accounts.models import User


def compose_alerts(people: Iterable[User]) -> dict[int, EmailMultiAlternatives]:
    """One mail for each person, by the person's primary key: something waits for them.

    Composing renders templates, so do it before anything is locked or recorded. `send()` then only queues the mail.
    """
    return {person.pk: _compose_alert(person) for person in sorted(people, key=lambda person: person.pk)}


def _compose_alert(person: User) -> EmailMultiAlternatives:
    with override(person.language):
        context = {"url": urljoin(settings.SITE_URL, reverse(settings.LOGIN_REDIRECT_URL))}
        text = render_to_string("emails/something_waits.txt", context)
        return compose_email(subject=_("You have a task in VICTOR"), text=text, to=person.email)


def notify_reporter(address: str, *, language: str) -> None:
    """Queue a mail to a reporter who asked for it: there is something to read. Not where, not what, not from whom."""
    with override(language):
        queue(
            recipient=address,
            sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
            language=language,
            subject=_("There is a new message for you"),
            text=_("You asked us to tell you. Please do not reply to this message."),
            discreet=True,
        )
