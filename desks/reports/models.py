from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from desks.desk.models import Desk
from desks.reports.querysets import EscalationQuerySet, ReportQuerySet
from desks.reports.states import (
    OPEN_STATES,
    OUTCOME_CHOICES,
    Channel,
    Deadline,
    EscalationLevel,
    ReportState,
    Risk,
    Voice,
)
from desks.reports.triggers import SETS_DUE_AT
from partners.directory.models import Country
from victor.vault.keys.models import Key, Stamped
from victor.vault.records.models import Envelope, SealedFile


class Report(Stamped):
    """A concern that somebody has sent to a desk. The words are in the vault, under `key`; here is only its course.

    `reference` is how colleagues name it to each other. A receipt finds it by `receipt_digest`, which
    needs a secret outside the database; NULL where there is no receipt. The database computes `due_at` and `urgent`:
    when the next deadline ends, NULL where none is open, and whether there is danger that nobody has looked into.
    """

    stored_name = "desks.report"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="reports", verbose_name=_("desk"))
    key = models.OneToOneField(Key, models.PROTECT, related_name="report")
    receipt_digest = models.BinaryField(max_length=32, null=True, unique=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    channel = models.CharField(_("contact channel"), max_length=9, choices=Channel, default=Channel.WEB)
    danger = models.BooleanField(_("reporter says: danger now"), default=False)
    is_test = models.BooleanField(_("test report"), default=False)
    suspected_spam = models.BooleanField(_("possible spam"), default=False)

    state = models.CharField(_("status"), max_length=12, choices=ReportState, default=ReportState.RECEIVED)
    outcome = models.CharField(_("outcome"), max_length=12, choices=OUTCOME_CHOICES, blank=True)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports", verbose_name=_("assigned to")
    )
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="duplicates", verbose_name=_("duplicate of")
    )

    received_at = models.DateTimeField(_("received"), default=timezone.now)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    read_at = models.DateTimeField(_("first read"), null=True)
    triaged_at = models.DateTimeField(_("triaged"), null=True)
    answered_at = models.DateTimeField(_("first answered"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    unread_since = models.DateTimeField(_("oldest unread message from the reporter"), null=True)
    deletion_asked_at = models.DateTimeField(_("deletion requested"), null=True)
    due_at = models.DateTimeField(_("due"), null=True, editable=False)
    urgent = models.BooleanField(_("danger, not triaged"), default=False, editable=False)

    erase_on = models.DateField(_("deleted on"), null=True)
    hold = models.BooleanField(_("under legal hold"), default=False)

    last_words: datetime | None  # set by `with_last_exchange()`

    objects = ReportQuerySet.as_manager()

    class Meta:
        triggers = [SETS_DUE_AT]
        ordering = ["-received_at"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(fields=["desk", "state", "-received_at"], name="desks_report_inbox"),
            models.Index(
                fields=["desk", "-urgent", "due_at", "-received_at", "id"],
                condition=Q(state__in=sorted(OPEN_STATES)) | Q(due_at__isnull=False),
                name="desks_report_to_do",
            ),
            models.Index(fields=["desk", "-received_at", "id"], name="desks_report_newest"),
            models.Index(fields=["erase_on"], name="desks_report_erase"),
            models.Index("received_at", condition=Q(triaged_at=None), name="desks_report_untriaged"),
            models.Index("received_at", condition=Q(answered_at=None), name="desks_report_unanswered"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def state_in_words(self) -> str:
        """The state for colleagues: what nobody has opened is new, whoever has acknowledged it."""
        is_new = self.read_at is None and self.state in {ReportState.RECEIVED, ReportState.ACKNOWLEDGED}
        return pgettext("report", "New") if is_new else str(ReportState(self.state).label)

    @property
    def tells_danger(self) -> bool:
        """Whether the reporter or the desk says that there is danger now."""
        return self.danger or self.risk == Risk.DANGER

    def stamped_values(self) -> list[object]:
        digest = bytes(self.receipt_digest).hex() if self.receipt_digest else ""
        return [self.pk, self.key_id, self.desk_id, self.channel, digest]


class Reading(models.Model):
    """Somebody of the desk has opened a report, and when for the last time. Nobody decides what they have not read."""

    stored_name = "desks.reading"

    report = models.ForeignKey(Report, models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="desks_reading_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.person_id}"


class Escalation(models.Model):
    """Somebody was notified that a report waits for too long, or that there is danger.

    Each level is notified once a deadline; `since` is when that deadline began.
    """

    stored_name = "desks.breach"

    report = models.ForeignKey(Report, models.CASCADE, related_name="escalations", verbose_name=_("report"))
    deadline = models.CharField(_("deadline"), max_length=7, choices=Deadline)
    level = models.CharField(_("notified"), max_length=12, choices=EscalationLevel)
    since = models.DateTimeField(_("deadline started"))
    notified_at = models.DateTimeField(_("notified at"), default=timezone.now)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        db_table = "desks_breach"
        ordering = ["notified_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "deadline", "level", "since"], name="desks_breach_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.deadline} {self.level}"


class Message(Stamped):
    """Words in a report, in an envelope: the reporter's, an answer to them, or a note that they never see."""

    stored_name = "desks.message"

    report = models.ForeignKey(Report, models.CASCADE, related_name="messages")
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="message")
    voice = models.CharField(_("type of message"), max_length=8, choices=Voice)
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    seen_at = models.DateTimeField(_("seen by the other side"), null=True)

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["report", "written_at"], name="desks_message_thread")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.voice}"

    def stamped_values(self) -> list[object]:
        moment = self.written_at.astimezone(UTC).isoformat()
        return [self.report_id, self.envelope_id, self.voice, self.author_id, moment]


class Attachment(Stamped):
    """A file of a report: the copy that colleagues open, without metadata, and the original.

    `clean` is None where no copy could be made: then only the original is there, for two persons with a reason.
    """

    stored_name = "desks.attachment"

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    original = models.OneToOneField(SealedFile, models.PROTECT, related_name="+")
    # The column has the name of a method that only forms call, and the model has no form.
    clean = models.OneToOneField(SealedFile, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    infected = models.BooleanField(_("a scanner found a problem"), null=True)

    def __str__(self) -> str:
        return f"{self.message_id}"

    def stamped_values(self) -> list[object]:
        return [self.message_id, self.original_id, self.clean_id, self.infected]
