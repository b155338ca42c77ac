"""Emails about certificates, each in the participant's own language.

They are composed before rows are locked and sent afterwards: rendering takes time.
"""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.certificates.models import Certificate
from trainings.registrations.emails import own_page_url
from trainings.registrations.models import Registration
from victor.languages import local_text
from victor.mail.emails import compose_email


def compose_certificate_ready(registration: Registration, certificate: Certificate) -> EmailMultiAlternatives:
    """Says that the certificate is ready, and where it is."""
    with override(registration.language):
        words = _("Thank you for taking part. Your certificate of attendance is ready. You can find it here:")
        return _compose_certificate_email(registration, certificate, _("Your certificate of attendance"), words)


def compose_certificate_replaced(registration: Registration, certificate: Certificate) -> EmailMultiAlternatives:
    """Says that there is a corrected certificate, and that the old one is no longer valid."""
    with override(registration.language):
        words = _("We have corrected the name on your certificate. Please use the new one, which replaces the old one:")
        return _compose_certificate_email(registration, certificate, _("Your certificate has been corrected"), words)


def compose_certificate_revoked(registration: Registration, certificate: Certificate) -> EmailMultiAlternatives:
    """Says that the certificate is no longer valid, and why."""
    with override(registration.language):
        words = _("Your certificate of attendance is no longer valid. Reason: %(reason)s")
        words %= {"reason": certificate.reason}
        return _compose_certificate_email(registration, certificate, _("Your certificate has been revoked"), words)


def _compose_certificate_email(
    registration: Registration, certificate: Certificate, subject: str, words: str
) -> EmailMultiAlternatives:
    context = {
        "name": certificate.name,
        "words": words,
        "title": local_text(registration.seminar, "title").text,
        "serial": certificate.serial,
        "url": own_page_url(registration),
    }
    message = compose_email(
        subject=subject, text=render_to_string("emails/certificate.txt", context), to=registration.email
    )
    message.extra_headers["Content-Language"] = registration.language
    return message
