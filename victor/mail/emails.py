"""Composes a mail in our layout."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from victor.funding import current_funder_texts
from victor.mail.models import Message
from victor.schedules.calendars import attached_calendar


class Content(NamedTuple):
    """The words of a mail, as plain text and as HTML."""

    text: str
    html: str


def compose_email(*, subject: str, text: str, to: str) -> EmailMultiAlternatives:
    """A message in the active language, as plain text and as HTML, with the funder's notice.

    It names its language, because it may be sent while another one is active: that of a reporter's page, say.
    """
    content = _lay_out(subject, text)
    message = EmailMultiAlternatives(subject=subject, body=content.text, to=[to])
    message.attach_alternative(content.html, "text/html")
    message.extra_headers["Content-Language"] = get_language() or settings.LANGUAGE_CODE
    return message


def content_of(message: Message) -> Content:
    """The words of a queued message. Where it has only facts, they are rendered now, in the message's language."""
    if not message.template:
        return Content(message.text, message.html)
    with override(message.language):
        return _lay_out(message.subject, render_to_string(message.template, message.facts))


class AttachedCalendar(NamedTuple):
    """A calendar file, and what it is for: RFC 5546, 1.4."""

    content: bytes
    mimetype: str


def calendar_of(message: Message) -> AttachedCalendar | None:
    """The calendar file that goes with a queued message; None where there is none.

    It is made of entries, or it is a whole file with a method, which calendars take as an invitation.
    """
    if file := message.facts.get("calendar_file"):
        return AttachedCalendar(str(file).encode(), f"text/calendar; method={message.facts['calendar_method']}")
    entries = message.facts.get("calendar")
    if not entries:
        return None
    with override(message.language):
        return AttachedCalendar(attached_calendar(entries), "text/calendar")


def _lay_out(subject: str, text: str) -> Content:
    context = {"subject": subject, "text": text.strip(), "funder": current_funder_texts()}
    return Content(render_to_string("emails/message.txt", context), render_to_string("emails/message.html", context))
