"""Values that people enter, numbered corrections of them, and who has closed a period."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Organisation
from partners.grants.models import Grant, grant_storage, random_file_name
from partners.targets.models import Period, PlannedValue
from partners.values.querysets import ValueQuerySet
from partners.values.states import CorrectionState, ValueState
from partners.values.triggers import KEEPS_CORRECTION, KEEPS_VALUE
from victor.files.states import FileFormat

PERSON = settings.AUTH_USER_MODEL


def figure_or_reason() -> Q:
    """A figure with its source, or the reason why there is none: never both, never neither."""
    is_figure = Q(number__isnull=False, missing_reason="") & ~Q(source="")
    return is_figure | (Q(number=None) & ~Q(missing_reason=""))


class Figure(models.Model):
    """A figure with its source, or the reason why there is none. What is not known is never 0."""

    number = models.DecimalField(
        pgettext_lazy("of an indicator", "figure"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    missing_reason = models.CharField(_("why there is no figure"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        abstract = True


class HandEnteredValue(Figure):
    """What an organisation says it has reached in a period. Another person checks it; then nobody changes it."""

    stored_name = "partners.handenteredvalue"

    planned = models.OneToOneField(
        PlannedValue, models.PROTECT, related_name="value", verbose_name=_("target for a period")
    )
    file = models.FileField(_("evidence"), storage=grant_storage, upload_to=random_file_name, blank=True)
    file_format = models.CharField(max_length=4, choices=FileFormat, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=ValueState, default=ValueState.DRAFT)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    checked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=300, blank=True)

    objects = ValueQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("value")
        verbose_name_plural = _("values")
        triggers = [KEEPS_VALUE]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ValueState.DRAFT) | figure_or_reason(), name="partners_handenteredvalue_whole"
            ),
            models.CheckConstraint(
                condition=~Q(state=ValueState.APPROVED)
                | (Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(checked_by=F("entered_by"))),
                name="partners_handenteredvalue_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_id} {self.state}"


class ValueCorrection(Figure):
    """A correction of an approved value: what it says instead, what changed and why. Its number counts in the grant."""

    stored_name = "partners.valuecorrection"

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="corrections")
    value = models.ForeignKey(HandEnteredValue, models.PROTECT, related_name="corrections", verbose_name=_("value"))
    counted = models.PositiveSmallIntegerField(null=True)
    what = models.CharField(_("what changed"), max_length=300)
    why = models.CharField(_("reason"), max_length=300)
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.PROPOSED)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("correction of a value")
        verbose_name_plural = _("corrections of values")
        triggers = [KEEPS_CORRECTION]
        constraints = [
            models.CheckConstraint(condition=figure_or_reason(), name="partners_valuecorrection_whole"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(why=""), name="partners_valuecorrection_reasons"),
            models.UniqueConstraint(fields=["grant", "counted"], name="partners_valuecorrection_number"),
            models.UniqueConstraint(
                fields=["value"],
                condition=Q(state=CorrectionState.PROPOSED),
                name="partners_valuecorrection_one_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.APPROVED)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, counted__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
                name="partners_valuecorrection_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value_id} {self.counted}"


class PeriodClosing(models.Model):
    """That an organisation has filled in all values of a period."""

    stored_name = "partners.periodclosing"

    period = models.ForeignKey(Period, models.PROTECT, related_name="closings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["period", "organisation"], name="partners_periodclosing_once")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.organisation_id}"


class ValueReminder(models.Model):
    """That a person was told of values that are due, so many days before: once each."""

    stored_name = "partners.valuereminder"

    period = models.ForeignKey(Period, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["period", "person", "days"], name="partners_valuereminder_once")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.person_id} {self.days}"
