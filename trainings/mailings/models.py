"""Mailings, their texts and their recipients."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.mailings.querysets import MailingQuerySet, RecipientQuerySet
from trainings.mailings.states import MailKind
from trainings.registrations.models import Registration
from trainings.registrations.querysets import RegistrationQuerySet
from trainings.registrations.states import Audience
from trainings.seminars.models import Seminar
from victor.mail.models import Message


class Mailing(models.Model):
    """An email to many participants of a seminar. It is sent in waves once somebody has checked and released it.

    `days_before` belongs to a reminder that the clock sends once. `known_schedule` belongs to a mailing about a change:
    it is the schedule that participants know (see `message_templates.schedule_snapshot`).
    """

    stored_name = "trainings.mailing"

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="mailings", verbose_name=_("seminar"))
    kind = models.CharField(_("kind"), max_length=11, choices=MailKind)
    audience = models.CharField(_("recipients"), max_length=17, choices=Audience, default=Audience.CONFIRMED)
    days_before = models.PositiveSmallIntegerField(null=True, editable=False)
    known_schedule = models.JSONField(null=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(pgettext_lazy("email to participants", "approved"), null=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("group email")
        verbose_name_plural = _("group emails")
        constraints = [
            models.UniqueConstraint(fields=["seminar", "days_before"], name="trainings_mailing_by_the_clock"),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(released_at__isnull=False), name="trainings_mailing_stopped"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.get_kind_display()}"

    def concerned(self, registrations: RegistrationQuerySet) -> RegistrationQuerySet:
        """Those to whom it goes. Only a change of the schedule goes to people who have stopped reminders too."""
        audience = registrations.for_audience(self.audience)
        return audience if self.kind == MailKind.CHANGE else audience.wanting_mail()


class MailingText(models.Model):
    """The text of a mailing in one language, where somebody has written it."""

    stored_name = "trainings.mailingtext"

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("text of a group email")
        verbose_name_plural = _("text of a group email")
        constraints = [models.UniqueConstraint(fields=["mailing", "language"], name="trainings_mailingtext_once")]

    def __str__(self) -> str:
        return self.subject


class Recipient(models.Model):
    """A recipient of a mailing.

    `message` is the email in the outbox, once it is queued; the outbox deletes it after a month. `failure` is why this
    person was not reached, where the outbox does not say so any more or never did.
    """

    stored_name = "trainings.recipient"

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="recipients")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    queued_at = models.DateTimeField(_("passed to the outgoing mail queue"), null=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    failure = models.CharField(_("last failure"), max_length=100, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        indexes = [models.Index(fields=["mailing", "id"], condition=Q(queued_at=None), name="trainings_recipient_due")]
        constraints = [models.UniqueConstraint(fields=["mailing", "registration"], name="trainings_recipient_once")]

    def __str__(self) -> str:
        return f"{self.registration_id}"
