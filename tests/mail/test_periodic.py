from datetime import timedelta

import pytest
from django.utils import timezone

from victor.celery import app
from victor.mail.models import Message
from victor.mail.periodic import forget, sweep
from victor.mail.states import MessageState

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
        (MessageState.SENT, 31, False),
        (MessageState.SENT, 29, True),
        (MessageState.FAILED, 31, False),
        (MessageState.FAILED, 29, True),
        (MessageState.QUEUED, 31, True),
    ],
)
def test_forget_deletes_a_message_thirty_days_after_its_end(state, days, kept, write):
    write()
    then = timezone.now() - timedelta(days=days)
    Message.objects.update(state=state, due_at=then, sent_at=then if state == MessageState.SENT else None)
    assert forget() == (not kept)
    assert Message.objects.exists() == kept
