"""A place is given up by its link, and the process that took it dies with the commit: the next in line is told at once.

The offer is made with the place that becomes free, in one transaction; a real worker and a real beat send it.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest

from tests import processes
from tests.mail.office import PostOffice
from tests.mail.sink import Sink
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.registrations.actions import register
from victor.access import System

LIMIT = 60  # seconds from the cancellation to the offer
LEAVING = """
import django, os, signal
django.setup()
from django.db import transaction
from django.test import Client
from trainings.registrations.tokens import place_token
from trainings.registrations.models import Registration
address = f"/en/seminars/place/{place_token(Registration.objects.earliest('pk'))}/leave/"
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))  # before whatever the request asks for
    assert Client().post(address).status_code == 200
"""


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_offer_arrives_within_a_minute_though_all_were_killed(
    office: PostOffice, sink: Sink, figure: Callable[..., None]
) -> None:
    seminar = make_seminar(seats=1)
    _first, second, _third = (register(applicant(seminar), by=System("test")) for _ in range(3))
    began = time.monotonic()
    assert sink.wait_for(count=3, seconds=300), office.log.read_text()
    start_up = time.monotonic() - began  # of a worker, on this machine, as busy as it is now
    leaving = processes.start("-c", LEAVING, variables=processes.environment())
    assert leaving.wait(300) == -signal.SIGKILL
    left = time.monotonic()
    office.kill("worker")
    office.start("worker")
    assert sink.wait_for(count=5, seconds=LIMIT + start_up), office.log.read_text()
    seconds = time.monotonic() - left
    offers = [to for to, mail in sink.taken if mail["Subject"].startswith("A place in the seminar is free")]
    assert offers == [second.email]
    figure("a place given up to its offer in the mailbox, the processes killed in between", seconds, "s")
