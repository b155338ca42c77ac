"""A mail that an action queues as facts is rendered when it is sent, in its own language."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test.signals import template_rendered
from django.utils import timezone
from django.utils.translation import override

from partners.grants.models import FunderNotice
from tests.connections import another_connection, refuse_to_wait
from victor.access import System
from victor.audit.actions import record
from victor.mail.actions import queue_facts
from victor.mail.emails import content_of
from victor.mail.models import Message
from victor.mail.states import MessageState
from victor.mail.tasks import send_due

pytestmark = pytest.mark.django_db
TEMPLATE = "emails/vault_recovery.txt"
URL = "https://victor.example/vault/"


def queue_one(**changes: str) -> Message:
    named = {"recipient": "anna@example.org", "subject": "Geschehen", "template": TEMPLATE}
    return queue_facts(**named | changes, facts={"happened": "<Something>", "url": URL})


@pytest.fixture
def rendered() -> list[str]:
    """The names of the templates that are rendered."""
    names: list[str] = []

    def note(template, **_signal) -> None:
        names.append(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_queue_facts_renders_nothing(rendered):
    message = queue_one()
    assert rendered == []
    assert message.text == message.html == ""


def test_facts_are_sent_as_text_and_html_in_the_language_in_which_they_were_queued(sink):
    FunderNotice.objects.all().delete()
    FunderNotice.objects.create(valid_from="2010-01-01", statement_en="With support", statement_el="Με υποστήριξη")
    with override("el"):
        queue_one()
    send_due()
    [(_recipient, mail)] = sink.taken
    text, html = (mail.get_body([form]).get_content() for form in ("plain", "html"))
    assert mail["Content-Language"] == "el"
    assert text.startswith("<Something>.")
    assert URL in text
    assert "Με υποστήριξη" in text
    assert '<html lang="el">' in html
    assert "&lt;Something&gt;." in html


def test_facts_are_deleted_once_they_are_sent(sink):
    queue_one()
    assert send_due() == 1
    assert Message.objects.values_list("state", "template", "facts").get() == (MessageState.SENT, "", {})


def test_facts_are_sent_again_after_the_server_was_down(sink):
    sink.close()
    message = queue_one()
    send_due()
    sink.open(sink.port)
    Message.objects.update(due_at=timezone.now())
    assert send_due() == 1
    assert sink.message_ids == [message.message_id]


def test_message_that_cannot_be_rendered_does_not_stop_those_behind_it(sink):
    broken = queue_one(template="emails/gone.txt")
    queue_one(recipient="maria@example.org")
    assert send_due() == 1
    broken.refresh_from_db()
    assert broken.state == MessageState.FAILED
    assert broken.failure == "TemplateDoesNotExist"
    assert sink.recipients == ["maria@example.org"]


def test_words_of_a_message_that_has_them_are_sent_as_they_are(write):
    message = write(html="<p>Come in.</p>")
    assert content_of(message) == ("Come in.", "<p>Come in.</p>")


@pytest.mark.django_db(transaction=True)
def test_log_is_free_while_facts_are_rendered(sink):
    queue_one()
    entries = []
    with another_connection() as submit:

        def act(**_signal) -> None:
            entries.append(submit(record_at_once).result())

        template_rendered.connect(act)
        send_due()
        template_rendered.disconnect(act)
    assert entries


def record_at_once() -> int:
    with transaction.atomic():
        refuse_to_wait()
        return record("test.noted", "test", by=System("test")).sequence
