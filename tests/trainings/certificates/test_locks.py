"""PDFs of certificates are made before anything is locked, and their emails are rendered when they are sent."""

from __future__ import annotations

import pytest

from partners.memberships.states import Role
from tests.free_rows import rows_free_before, rows_free_while_rendering
from tests.people import organisation, person
from tests.trainings.certificates.attendees import ended_seminar, make_attendee
from trainings.certificates.actions import correct_certificate_name, order_certificates, revoke_certificate
from trainings.certificates.issuing import issue_certificates
from trainings.certificates.models import Certificate, CertificateOrder
from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from victor.mail.tasks import send_due

pytestmark = pytest.mark.django_db(transaction=True)


def test_issue_renders_while_all_rows_are_free(sink):
    trainer, seminar = person(Role.TRAINER, organisation("smile")), ended_seminar()
    make_attendee(seminar)
    order_certificates(seminar, by=trainer)
    rows = Registration.objects.all(), CertificateOrder.objects.all(), Seminar.objects.all()
    with (
        rows_free_before("Typst", *rows) as free_while_printing,
        rows_free_while_rendering(*rows) as free,
    ):
        assert issue_certificates(seminar.pk) == 1
        send_due()
    assert free_while_printing == [True]
    assert free
    assert all(free)


def test_correct_and_revoke_render_while_all_rows_are_free(sink):
    trainer, seminar = person(Role.TRAINER, organisation("smile")), ended_seminar()
    make_attendee(seminar)
    order_certificates(seminar, by=trainer)
    issue_certificates(seminar.pk)
    with rows_free_while_rendering(Registration.objects.all(), Certificate.objects.all()) as free:
        corrected = correct_certificate_name(Certificate.objects.get(), name="Irini", by=trainer)
        revoke_certificate(corrected, reason="Issued by mistake", by=trainer)
        send_due()
    assert free
    assert all(free)
