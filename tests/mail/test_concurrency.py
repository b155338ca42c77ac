"""Several workers at once."""

import pytest

from tests import processes
from victor.mail.models import Message
from victor.mail.states import MessageState

SENDERS = 4
MESSAGES = 60
SEND = """
from django.conf import settings
from victor.env import Environment
from victor.mail.tasks import send_due
settings.DELIVERY = Environment({"EMAIL_URL": "%s"}).mail("EMAIL_URL")
print(send_due())
"""


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_four_senders_send_each_message_once(write, sink):
    for _ in range(MESSAGES):
        write()
    sink.pause = 0.02
    sent = processes.run_at_once(SEND % sink.url, times=SENDERS)
    assert sum(map(int, sent)) == MESSAGES
    assert len(sink.message_ids) == len(set(sink.message_ids)) == MESSAGES
    assert Message.objects.filter(state=MessageState.SENT).count() == MESSAGES
