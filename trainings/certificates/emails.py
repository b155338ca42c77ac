"""What participants are sent about their place: one function a message, each in the participant's own language.

None says more of the seminar than its own page does, and none says who else comes.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from trainings.certificates.models import Certificate
from trainings.registrations.emails import own_page_url
from trainings.registrations.models import Registration
from victor.languages import local_text
from victor.mail.emails import compose_email


def send_certificate_ready(registration: Registration, certificate: Certificate) -> None:
    """Where it is."""
    with override(registration.language):
        words = _("Thank you for taking part. Your certificate of attendance is ready. You can find it here:")
        _send_certificate(registration, certificate, _("Your certificate of attendance"), words)


def send_certificate_replaced(registration: Registration, certificate: Certificate) -> None:
    """There is another one, and the one before holds no longer."""
    with override(registration.language):
        words = _("We have corrected the name on your certificate. Please use the new one, which replaces the old one:")
        _send_certificate(registration, certificate, _("Your certificate has been corrected"), words)


def send_certificate_revoked(registration: Registration, certificate: Certificate) -> None:
    """It holds no longer, and why."""
    with override(registration.language):
        words = _("Your certificate of attendance is no longer valid. Reason: %(reason)s")
        said = words % {"reason": certificate.reason}
        _send_certificate(registration, certificate, _("Your certificate has been revoked"), said)


def _send_certificate(registration: Registration, certificate: Certificate, subject: str, words: str) -> None:
    context = {
        "name": certificate.name,
        "words": words,
        "title": local_text(registration.seminar, "title").text,
        "serial": certificate.serial,
        "url": own_page_url(registration),
    }
    compose_email(
        subject=subject, text=render_to_string("emails/certificate.txt", context), to=registration.email
    ).send()
