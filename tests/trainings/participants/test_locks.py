"""A certificate with a corrected name is printed before anything is locked."""

from __future__ import annotations

import pytest
from django.db import transaction

from partners.memberships.states import Role
from tests.connections import another_connection, somebody_waits
from tests.free_rows import rows_free_before
from tests.people import organisation, person
from tests.trainings.certificates.attendees import ended_seminar, make_attendee
from tests.waiting import LIMIT, wait_until
from trainings.certificates.actions import correct_certificate_name, order_certificates
from trainings.certificates.issuing import issue_certificates
from trainings.certificates.models import Certificate
from trainings.participants.actions import correct_registration
from trainings.registrations.models import Registration
from trainings.registrations.waiting_list import lock_seminar
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.accounts.models import User
from victor.mail.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trainer() -> User:
    return person(Role.TRAINER, organisation("smile"))


@pytest.fixture
def registration(trainer) -> Registration:
    """Somebody whose certificate is issued."""
    seminar = ended_seminar()
    registration = make_attendee(seminar)
    order_certificates(seminar, by=trainer)
    issue_certificates(seminar.pk)
    return registration


def test_correct_name_prints_while_all_rows_are_free(registration, trainer):
    rows = Seminar.objects.all(), Registration.objects.all(), Certificate.objects.all()
    with rows_free_before("Typst", *rows) as free:
        correct_registration(registration, name="Irini", email="irini@example.org", by=trainer)
    assert free == [True]
    assert Certificate.objects.valid().get().name == "Irini"
    assert Message.objects.latest("pk").recipient == "irini@example.org"


def test_correct_name_whose_certificate_is_replaced_meanwhile_is_refused(registration, trainer):
    certificate = Certificate.objects.get()
    with another_connection() as submit:
        with transaction.atomic():
            lock_seminar(registration.seminar)
            correction = submit(correct_registration, registration, name="Irini", email=registration.email, by=trainer)
            wait_until(somebody_waits)
            correct_certificate_name(certificate, name="Eirini", by=trainer)
        with pytest.raises(AlreadySettled):
            correction.result(timeout=LIMIT)
    assert Certificate.objects.valid().get().name == "Eirini"
    registration.refresh_from_db()
    assert registration.name == "Eirini"
