from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from victor.mail.models import Message
from victor.mail.sending import MAX_ATTEMPTS, SENDER_LOCK, pause_after
from victor.mail.states import MessageState
from victor.mail.tasks import send_due

pytestmark = pytest.mark.django_db
SPOILT = {
    "anna@example.org\nBcc: all@example.org": "ValueError",
    f"anna@{'x' * 70}.org": "UnicodeError",
    "anna@example@org": "ValueError",
    "<>": "TypeError",
}


def let_time_pass() -> None:
    """Every message that waits is due again."""
    Message.objects.filter(state=MessageState.QUEUED).update(due_at=timezone.now() - timedelta(seconds=1))


def test_sends_what_is_due_longest_waiting_first_and_forgets_the_words(write, sink):
    for name in ("anna", "maria", "eleni"):
        write(f"{name}@example.org", html="<p>Come in.</p>")
    assert send_due() == 3
    assert sink.recipients == ["anna@example.org", "maria@example.org", "eleni@example.org"]
    assert set(Message.objects.values_list("state", "text", "html")) == {(MessageState.SENT, "", "")}
    assert send_due() == 0


def test_sends_language_message_id_and_both_forms(write, sink):
    message = write(language="sr", subject="Позив", text="Добро дошли.", html="<p>Добро дошли.</p>")
    send_due()
    [(_recipient, mail)] = sink.taken
    headers = (mail["Content-Language"], mail["Subject"], mail["Message-ID"], mail["Auto-Submitted"])
    assert headers == ("sr", "Позив", message.message_id, "auto-generated")
    assert mail.get_body(["plain"]).get_content().strip() == "Добро дошли."
    assert mail.get_body(["html"]).get_content().strip() == "<p>Добро дошли.</p>"


def test_forgets_to_whom_a_discreet_message_went(write, sink):
    write(discreet=True)
    Message.objects.update(due_at=timezone.now())
    assert send_due() == 1
    assert sink.recipients == ["anna@example.org"]
    assert Message.objects.values_list("recipient", "encrypted_recipient").get() == ("", "")


def whole_row() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM mail_message t")
        return cursor.fetchone()[0]


def test_queue_discreet_message_stores_no_address_that_can_be_read(write):
    """Finding 17: the files of the database have it as long as the mail waits, and their backups for longer."""
    message = write("eleni.k@example.org", discreet=True)
    assert not any(word in whole_row() for word in ("eleni", "k@example"))
    assert message.address == "eleni.k@example.org"


def test_queue_discreet_message_stores_no_length_of_an_address(write):
    """Finding 17."""
    lengths = {
        len(write(address, discreet=True).encrypted_recipient) for address in ("a@b.gr", f"{'x' * 60}@b.example")
    }
    assert len(lengths) == 1


def test_give_up_discreet_message_deletes_the_address(write, sink):
    """Finding 17."""
    write(discreet=True)
    Message.objects.update(due_at=timezone.now(), attempts=MAX_ATTEMPTS)
    sink.answers["anna@example.org"] = "451 later"
    send_due()
    assert Message.objects.values_list("state", "encrypted_recipient").get() == (MessageState.FAILED, "")


def test_leaves_a_message_that_is_not_due(write, sink):
    write()
    Message.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    assert send_due() == 0


def test_waits_longer_after_each_failure_and_loses_nothing_while_the_server_is_down(write, sink):
    sink.close()
    message, pauses = write(), []
    for _ in range(4):
        let_time_pass()
        assert send_due() == 0
        message.refresh_from_db()
        pauses.append(round((message.due_at - timezone.now()).total_seconds()))
    assert pauses == [30, 60, 120, 240]
    assert message.state == MessageState.QUEUED
    assert message.text == "Come in."
    assert message.failure == "ConnectionRefusedError"
    sink.open(sink.port)
    let_time_pass()
    assert send_due() == 1


def test_ends_the_round_when_the_server_is_down(write, sink):
    sink.close()
    write(), write()
    send_due()
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 1]


@pytest.mark.parametrize(
    ("answer", "state", "failure"),
    [
        ("550 no such user", MessageState.FAILED, "SMTPRecipientsRefused 550"),
        ("451 grey-listed", MessageState.QUEUED, "SMTPRecipientsRefused 451"),
    ],
)
def test_goes_on_with_the_others_when_a_recipient_is_refused(answer, state, failure, write, sink):
    sink.answers["nobody@example.org"] = answer
    refused, _other = write("nobody@example.org"), write()
    assert send_due() == 1
    refused.refresh_from_db()
    assert refused.state == state
    assert refused.failure == failure
    assert refused.text == "Come in."


def test_goes_on_with_the_others_when_a_message_cannot_be_written_as_mail(write, sink):
    for recipient in SPOILT:
        write(recipient)
    write("maria@example.org")
    assert send_due() == 1
    assert sink.recipients == ["maria@example.org"]
    assert dict(Message.objects.given_up().values_list("recipient", "failure")) == SPOILT


def test_gives_up_after_five_days(write, sink):
    sink.answers["anna@example.org"] = "451 later"
    message = write()
    waited = sum((pause_after(attempt) for attempt in range(1, MAX_ATTEMPTS)), timedelta())
    assert timedelta(days=5) <= waited < timedelta(days=6)
    Message.objects.update(attempts=MAX_ATTEMPTS - 1)
    send_due()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert message.text == "Come in."


def test_takes_a_rude_goodbye_for_what_it_is(write, sink):
    sink.rude = True
    message = write()
    assert send_due() == 1
    assert sink.message_ids == [message.message_id]


def test_logs_nothing_about_the_person(write, sink, caplog):
    sink.answers["anna@example.org"] = "550 anna@example.org is unknown"
    with caplog.at_level(logging.DEBUG):
        write(text="Only for Anna."), write("anna@example.org\nBcc: anna")
        send_due()
    ours = [record for record in caplog.records if record.name != "mail.log"]  # which is the mail server's
    logged = " ".join(f"{record.getMessage()} {record.exc_info}" for record in ours)
    assert "mail not sent" in logged
    assert "anna" not in logged.lower()


@pytest.mark.django_db(transaction=True)
def test_leaves_when_another_sender_is_at_work(write, sink, django_db_blocker):
    write()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SENDER_LOCK])
        assert send_due() == 0
        cursor.execute("SELECT pg_advisory_unlock(%s)", [SENDER_LOCK])
    other.close()
    assert send_due() == 1
