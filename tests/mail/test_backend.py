import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils.translation import override

from victor.mail.backend import OutboxBackend
from victor.mail.errors import AttachmentRefused
from victor.mail.models import Message

pytestmark = pytest.mark.django_db


def send(message: EmailMessage) -> int:
    message.connection = OutboxBackend()
    return message.send()


def test_keeps_one_message_for_each_recipient_in_the_language_of_the_moment():
    mail = EmailMultiAlternatives("Subject", "Words", "v@example.org", ["a@example.org"], bcc=["b@example.org"])
    mail.attach_alternative("<p>Words</p>", "text/html")
    with override("el"):
        assert send(mail) == 1
    messages = Message.objects.values_list("recipient", "language", "text", "html")
    assert set(messages) == {(f"{name}@example.org", "el", "Words", "<p>Words</p>") for name in "ab"}


def test_prefers_the_language_that_the_message_names():
    send(EmailMessage("Subject", "Words", "v@example.org", ["a@example.org"], headers={"Content-Language": "uk"}))
    assert Message.objects.get().language == "uk"


def test_refuses_a_file():
    mail = EmailMessage("Subject", "Words", "v@example.org", ["a@example.org"])
    mail.attach("case.pdf", b"%PDF", "application/pdf")
    with pytest.raises(AttachmentRefused):
        send(mail)
    assert not Message.objects.exists()
