import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from victor.access import System
from victor.accounts.actions import create_user
from victor.mail.actions import requeue
from victor.mail.errors import NotGivenUp
from victor.mail.models import Message
from victor.mail.states import MessageState

BY = System("test")
pytestmark = pytest.mark.django_db


def test_queue_keeps_the_words_and_a_message_id_of_the_site(write):
    message = write(subject="Two\nlines", language="el")
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert message.attempts == 0
    assert message.subject == "Two lines"
    assert message.message_id.endswith("@testserver>")


@pytest.mark.parametrize(
    ("subject", "kept"),
    [("a" * 250, "a" * 250), ("a" * 251, "a" * 249 + "…"), ("word " * 60, "word " * 49 + "word…")],
)
def test_queue_cuts_a_long_subject_after_a_word(write, subject, kept):
    assert Message.objects.get(pk=write(subject=subject).pk).subject == kept


def test_queue_is_undone_with_the_transaction_around_it(write):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError
    assert not Message.objects.exists()


def test_queue_wakes_the_worker_only_after_the_commit(write, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write()
        assert broker.waiting() == []
    assert len(broker.waiting()) == 1


@pytest.mark.parametrize("failure", ["killed", "frozen", "full"])
def test_queue_neither_fails_nor_waits_when_the_broker_is(
    failure, write, broker, figure, django_capture_on_commit_callbacks
):
    def queue_ten() -> float:
        started = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(10):
                write()
        return time.monotonic() - started

    undisturbed = queue_ten()
    {"killed": broker.kill, "frozen": broker.freeze, "full": broker.fill}[failure]()
    waited = queue_ten()
    figure(f"mail: 10 messages queued, broker {failure}", waited, "s")
    assert Message.objects.due().count() == 20
    assert waited < {"frozen": 4, "killed": 1, "full": 1}[failure] + 10 * undisturbed  # which a busy machine slows too


def test_requeue_starts_afresh(write):
    message = write()
    Message.objects.update(state=MessageState.FAILED, attempts=30)
    assert requeue(message, by=BY).attempts == 0
    assert Message.objects.due().get() == message


def test_requeue_of_a_message_that_waits_is_refused(write):
    with pytest.raises(NotGivenUp):
        requeue(write(), by=BY)


def test_requeue_without_the_right_is_refused(write):
    anna = create_user(email="anna@example.org", name="Anna", language="el", password="a-lamp-in-the-doorway")
    with pytest.raises(PermissionDenied):
        requeue(write(), by=anna)
