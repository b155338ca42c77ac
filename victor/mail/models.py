"""The messages of the outbox."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from victor.field_encryption import decrypt_value
from victor.mail.querysets import MessageQuerySet
from victor.mail.states import MessageState


class Message(models.Model):
    """One message to one recipient. Its words are deleted once it is sent. It never contains a case.

    A message has either its words, or the template and the facts from which they are rendered when it is sent.
    """

    stored_name = "mail.message"

    recipient = models.EmailField(_("recipient"), blank=True)
    # The recipient of a discreet message, encrypted: the address of somebody who has turned to a desk.
    encrypted_recipient = models.TextField(blank=True, editable=False)
    sender = models.CharField(_("sender"), max_length=200)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    template = models.CharField(max_length=100, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    # For somebody who has turned to a desk: the address is deleted with the text.
    discreet = models.BooleanField(_("to a reporter"), default=False)
    # The same at every try, so that a mail server can recognise a duplicate.
    message_id = models.CharField(max_length=200, unique=True)

    state = models.CharField(_("status"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failure = models.CharField(_("last failure"), max_length=100, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index("due_at", condition=models.Q(state=MessageState.QUEUED), name="mail_message_due"),
            models.Index("sent_at", condition=models.Q(state=MessageState.SENT), name="mail_message_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.get_state_display()}"

    @property
    def address(self) -> str:
        """To whom it goes. Empty where that is deleted."""
        if self.encrypted_recipient:
            return decrypt_value(self.encrypted_recipient).strip()
        return self.recipient
