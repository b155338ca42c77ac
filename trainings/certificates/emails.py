"""Emails about certificates, each in the participant's own language.

They are queued as facts and rendered when they are sent, because rows are locked while an action writes them.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.certificates.models import Certificate
from trainings.registrations.emails import own_page_url
from trainings.registrations.models import Registration
from victor.languages import local_text
from victor.mail.actions import queue_facts


def send_certificate_ready(registration: Registration, certificate: Certificate) -> None:
    """Says that the certificate is ready, and where it is."""
    with override(registration.language):
        words = _("Thank you for taking part. Your certificate of attendance is ready. You can find it here:")
        _queue_certificate_email(registration, certificate, _("Your certificate of attendance"), words)


def send_certificate_replaced(registration: Registration, certificate: Certificate) -> None:
    """Says that there is a corrected certificate, and that the old one is no longer valid."""
    with override(registration.language):
        words = _("We have corrected the name on your certificate. Please use the new one, which replaces the old one:")
        _queue_certificate_email(registration, certificate, _("Your certificate has been corrected"), words)


def send_certificate_revoked(registration: Registration, certificate: Certificate) -> None:
    """Says that the certificate is no longer valid, and why."""
    with override(registration.language):
        words = _("Your certificate of attendance is no longer valid. Reason: %(reason)s")
        words %= {"reason": certificate.reason}
        _queue_certificate_email(registration, certificate, _("Your certificate has been revoked"), words)


def _queue_certificate_email(registration: Registration, certificate: Certificate, subject: str, words: str) -> None:
    facts = {
        "name": certificate.name,
        "words": words,
        "title": local_text(registration.seminar, "title").text,
        "serial": certificate.serial,
        "url": own_page_url(registration),
    }
    queue_facts(recipient=registration.email, subject=subject, template="emails/certificate.txt", facts=facts)
