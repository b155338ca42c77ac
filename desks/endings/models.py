"""What announces the deletion of a case, and what stays of one that was deleted."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.code_lists import ClosureOutcome
from desks.cases.models import Case
from desks.cases.plain import declare_plain
from desks.desk.models import Desk
from desks.retention.models import RetentionRule


class CaseDeletionWarning(models.Model):
    """The supervisors were warned, so many days before, that a case will be deleted on a day."""

    stored_name = "desks.casedeletionwarning"

    case = models.ForeignKey(Case, models.CASCADE, related_name="deletion_warnings")
    day = models.DateField()
    step = models.PositiveSmallIntegerField()
    notified_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "day", "step"], name="desks_casewarned_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.day} -{self.step}"


class CaseDeletionRecord(models.Model):
    """A case was deleted: when, by which rule, and how much. Nothing about the child, and no way back to it."""

    stored_name = "desks.casedeletionrecord"

    reference = models.CharField(_("reference"), max_length=12)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="case_deletion_records", verbose_name=_("desk"))
    opened = models.DateField(_("month opened"))
    closed = models.DateField(_("month closed"))
    outcome = models.CharField(_("outcome"), max_length=35, choices=ClosureOutcome)
    rule = models.ForeignKey(RetentionRule, models.PROTECT, null=True, related_name="+", verbose_name=_("rule"))
    due = models.DateField(_("due"))
    erased_at = models.DateTimeField(_("deleted"), default=timezone.now)
    envelopes = models.PositiveIntegerField(_("texts"))
    files = models.PositiveIntegerField(_("files"))

    class Meta:
        ordering = ["-erased_at", "-pk"]
        verbose_name = _("deletion record of a case")
        verbose_name_plural = _("deletion records of cases")

    def __str__(self) -> str:
        return self.reference


declare_plain(
    "desks.casedeletionwarning",
    {"day": "clock of retention", "step": "a number: which warning", "notified_at": "clock"},
)
