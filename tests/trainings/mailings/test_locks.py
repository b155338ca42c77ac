"""The emails of a wave are rendered before anything is locked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test.signals import template_rendered

from tests.free_rows import rows_free_while_rendering
from tests.people import organisation, person
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.mailings.actions import release_mailing, write_mailing
from trainings.mailings.models import Mailing, Recipient
from trainings.mailings.periodic import send_mailings
from trainings.mailings.states import MailKind
from trainings.registrations.models import Registration

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def renamed_while_rendering(name: str) -> Iterator[None]:
    """Somebody corrects the name of everybody while the first template renders."""

    def rename(**_signal: object) -> None:
        Registration.objects.update(name=name)

    template_rendered.connect(rename)
    try:
        yield
    finally:
        template_rendered.disconnect(rename)


def test_wave_renders_while_all_rows_are_free():
    seminar, trainer = make_seminar(), person("trainer", organisation("smile"))
    Registration.objects.bulk_create([applicant(seminar, state="confirmed") for _ in range(3)])
    release_mailing(write_mailing(Mailing(seminar=seminar, kind=MailKind.REMINDER), {}, by=trainer), by=trainer)
    rows = Registration.objects.all(), Mailing.objects.all(), Recipient.objects.all()
    with rows_free_while_rendering(*rows) as free:
        assert send_mailings() == 3
    assert free
    assert all(free)


def test_name_that_changes_while_the_wave_is_composed_waits_for_the_next():
    seminar, trainer = make_seminar(), person("trainer", organisation("smile"))
    Registration.objects.bulk_create([applicant(seminar, state="confirmed", name="Ana")])
    release_mailing(write_mailing(Mailing(seminar=seminar, kind=MailKind.REMINDER), {}, by=trainer), by=trainer)
    with renamed_while_rendering("Eva"):
        assert send_mailings() == 0
    assert send_mailings() == 1
    assert "Eva" in Recipient.objects.get().message.text
