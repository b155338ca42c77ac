from datetime import timedelta

import pytest
from django.utils import timezone

from victor.celery import app
from victor.mail.models import Message
from victor.mail.periodic import forget, sweep
from victor.mail.states import State

pytestmark = pytest.mark.django_db


def test_sweep_sends_what_nobody_rang_for(write, sink):
    write()
    assert sweep() == 1


def test_every_task_of_the_clock_exists():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


@pytest.mark.parametrize(
    ("state", "days", "kept"),
    [
        (State.SENT, 31, False),
        (State.SENT, 29, True),
        (State.FAILED, 31, False),
        (State.FAILED, 29, True),
        (State.QUEUED, 31, True),
    ],
)
def test_forget_deletes_a_message_thirty_days_after_its_end(state, days, kept, write):
    write()
    then = timezone.now() - timedelta(days=days)
    Message.objects.update(state=state, due_at=then, sent_at=then if state == State.SENT else None)
    assert forget() == (not kept)
    assert Message.objects.exists() == kept
