"""How long reports are stored, what prevents their deletion, and what proves it."""

from __future__ import annotations

from datetime import UTC

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.reports.models import Report
from desks.reports.states import OUTCOME_CHOICES, Channel
from desks.retention.periods import MAX_DAYS, MIN_DAYS, NO_OUTCOME, outcome_choices
from desks.retention.querysets import DeletionRecordQuerySet, HoldQuerySet, RetentionRuleQuerySet
from desks.retention.states import DeletionReason, PromiseStatus
from partners.directory.models import Country
from victor.vault.keys.models import Stamped
from victor.vault.records.models import Envelope

APPROVED_BY_SECOND_PERSON = Q(proposed_by__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("proposed_by"))


class RetentionRule(models.Model):
    """For how many days what has an outcome is kept, a report or a case, in a country or everywhere.

    One coordinator proposes it, another approves it; then it holds from its day on, until a newer one does. None is
    ever changed or deleted. Where none holds, the default of its kind does (`desks.retention.periods`).
    """

    stored_name = "desks.retentionrule"

    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    outcome = models.CharField(_("outcome"), max_length=35, choices=outcome_choices, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days"), validators=[MinValueValidator(MIN_DAYS), MaxValueValidator(MAX_DAYS)]
    )
    starts = models.DateField(_("in force from"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False) & APPROVED_BY_SECOND_PERSON,
                name="desks_retentionrule_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(withdrawn_at=None), name="desks_retentionrule_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=MIN_DAYS, days__lte=MAX_DAYS), name="desks_retentionrule_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id or '*'} {self.outcome or '-'} {self.days}"


class Hold(Stamped):
    """The law demands that a report is stored. The reason is in the vault with the report."""

    stored_name = "desks.hold"

    report = models.ForeignKey(Report, models.CASCADE, related_name="holds", verbose_name=_("report"))
    reason = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    since = models.DateTimeField(_("start date"), default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None) | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="desks_hold_lifted_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"

    def stamped_values(self) -> list[object]:
        return [self.report_id, self.reason_id, self.by_id, self.since.astimezone(UTC).isoformat()]


class DeletionProposal(Stamped):
    """One person would delete a report that tells of danger, as its reporter asks. A second one has to confirm."""

    stored_name = "desks.deletionproposal"

    report = models.OneToOneField(Report, models.CASCADE, related_name="deletion_proposal")
    reason = models.CharField(_("reason"), max_length=9, choices=DeletionReason)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)

    def __str__(self) -> str:
        return f"{self.report_id}"

    def stamped_values(self) -> list[object]:
        return [self.report_id, self.reason, self.proposed_by_id, self.proposed_at.astimezone(UTC).isoformat()]


class DeletionWarning(models.Model):
    """A desk was warned, so many days before, that a report will be deleted on a day."""

    stored_name = "desks.warned"

    report = models.ForeignKey(Report, models.CASCADE, related_name="warnings")
    day = models.DateField()
    step = models.PositiveSmallIntegerField()
    notified_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "desks_warned"
        constraints = [models.UniqueConstraint(fields=["report", "day", "step"], name="desks_warned_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.day} -{self.step}"


class DeletionRecord(models.Model):
    """A report was deleted: when, by which rule, and how much. Nothing about anybody."""

    stored_name = "desks.tombstone"

    reference = models.CharField(_("reference"), max_length=12)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="deletion_records", verbose_name=_("desk"))
    received = models.DateField(_("month received"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=[*OUTCOME_CHOICES, NO_OUTCOME], blank=True)
    rule = models.ForeignKey(
        RetentionRule, models.PROTECT, null=True, related_name="deletion_records", verbose_name=_("rule")
    )
    on_request = models.BooleanField(_("requested by the reporter"), default=False)
    reason = models.CharField(_("reason"), max_length=9, choices=DeletionReason, blank=True)
    due = models.DateField(_("due"), null=True)
    erased_at = models.DateTimeField(_("deleted"), default=timezone.now)
    envelopes = models.PositiveIntegerField(_("texts"))
    files = models.PositiveIntegerField(_("files"))

    objects = DeletionRecordQuerySet.as_manager()

    class Meta:
        db_table = "desks_tombstone"
        ordering = ["-erased_at", "-pk"]
        verbose_name = _("deletion record")
        verbose_name_plural = _("deletion records")

    def __str__(self) -> str:
        return self.reference


class DeletedReportStats(models.Model):
    """How many deleted reports there were of a kind, for the figures: sums, which lead back to none of them."""

    stored_name = "desks.tally"

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    month = models.DateField()
    channel = models.CharField(max_length=9, choices=Channel)
    outcome = models.CharField(max_length=12, choices=[*OUTCOME_CHOICES, NO_OUTCOME], blank=True)
    danger = models.BooleanField()
    triage = models.CharField(max_length=4, choices=PromiseStatus)
    answer = models.CharField(max_length=4, choices=PromiseStatus)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "desks_tally"
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "month", "channel", "outcome", "danger", "triage", "answer"], name="desks_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.number}"
