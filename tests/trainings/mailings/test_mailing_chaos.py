"""A mailing to many (`MAILS`) under fire: it goes out in waves, the worker is killed three times, nobody is left out.

The real worker, beat, broker and mail server of the tests of the outbox; the test itself rings for the waves, which
the clock would only do every twenty seconds.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.mail.office import PostOffice
from tests.mail.sink import Sink
from tests.mail.test_chaos import wait_until_settled
from tests.people import organisation, person
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.mailings.actions import release_mailing
from trainings.mailings.models import Mailing, Recipient
from trainings.mailings.periodic import send_mailings
from trainings.registrations.models import Registration
from victor.mail.models import Message

MAILS, KILLS = int(os.environ.get("MAILS", "500")), 3
LANGUAGES = ["en", "el", "ro", "uk"]
RANDOM = random.Random(3)


def released() -> Mailing:
    """A reminder to so many, in four languages."""
    seminar = make_seminar(seats=MAILS)
    people = [applicant(seminar, state="confirmed", language=LANGUAGES[n % len(LANGUAGES)]) for n in range(MAILS)]
    Registration.objects.bulk_create(people)
    mailing = Mailing.objects.create(seminar=seminar, kind="reminder", audience="confirmed")
    release_mailing(mailing, by=person("trainer", organisation("smile")))
    return mailing


def ring_until(sink: Sink, count: int) -> bool:
    """Ring for a wave now and then, until so many mails have come."""
    limit = time.monotonic() + 300
    while time.monotonic() < limit:
        send_mailings.delay()
        if sink.wait_for(count=count, seconds=0.5):
            return True
    return False


@pytest.mark.prove
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_everybody_gets_the_mailing_when_the_worker_is_killed_three_times(
    office: PostOffice, sink: Sink, figure: Callable[..., None]
) -> None:
    released()
    started = time.monotonic()
    for round_ in range(KILLS):
        caught = MAILS * (round_ + 1) // (KILLS + 2) + RANDOM.randrange(MAILS // 20)
        assert ring_until(sink, caught), office.log.read_text()
        office.kill("worker")
        office.start("worker")
    assert ring_until(sink, MAILS), office.log.read_text()
    seconds = time.monotonic() - started
    wait_until_settled()
    times = Counter(sink.message_ids)
    assert set(times) == set(Message.objects.values_list("message_id", flat=True))
    assert len(times) == MAILS
    assert len(set(sink.recipients)) == MAILS
    assert Recipient.objects.filter(message__state="sent").count() == MAILS
    doubled = sum(times.values()) - MAILS
    assert doubled <= KILLS
    figure("mailing: delivered after 3 kills of the worker", f"{len(times)} of {MAILS}")
    figure("mailing: doubled by these kills, time for all of it", f"{doubled}, {seconds:.0f} s")
