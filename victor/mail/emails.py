"""Composes a mail in our layout."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from victor.funding import current_funder_texts


def compose_email(*, subject: str, text: str, to: str) -> EmailMultiAlternatives:
    """A message in the active language, as plain text and as HTML, with the funder's notice."""
    context = {"subject": subject, "text": text.strip(), "funder": current_funder_texts()}
    message = EmailMultiAlternatives(subject=subject, body=render_to_string("emails/message.txt", context), to=[to])
    message.attach_alternative(render_to_string("emails/message.html", context), "text/html")
    return message
