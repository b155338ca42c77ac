"""What a grant is to reach: indicators, periods, what is planned for each period, and totals of money."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Organisation
from partners.grants.models import Grant
from partners.targets.querysets import PeriodQuerySet, PlannedValueQuerySet
from partners.targets.states import AcrossPlaces, AcrossTime, Direction, Level, MoneyKind, PeriodState
from partners.targets.triggers import KEEPS_PERIOD, KEEPS_ROWS
from victor.formatting import format_interval
from victor.indicators.declarations import FIGURES
from victor.languages import local_text, no_empty_texts

PERSON = settings.AUTH_USER_MODEL


class IndicatorTarget(models.Model):
    """A number that a grant is measured by. `indicator` names a figure that the site counts; without it people enter
    the values. Over periods and over organisations figures become one in two ways, declared apart."""

    stored_name = "partners.indicatortarget"

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="indicators", verbose_name=_("grant"))
    title = models.CharField(_("title"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60)
    indicator = models.CharField(_("figure that the site counts"), max_length=60, blank=True)
    level = models.CharField(pgettext_lazy("of an indicator", "level"), max_length=7, choices=Level)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.UP)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    baseline_source = models.CharField(_("source of the baseline"), max_length=200, blank=True)
    across_time = models.CharField(_("over the periods"), max_length=8, choices=AcrossTime)
    across_places = models.CharField(_("over the organisations"), max_length=8, choices=AcrossPlaces)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=100)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("indicator of a grant")
        verbose_name_plural = _("indicators of grants")
        constraints = [
            no_empty_texts("partners_indicatortarget_texts", "title"),
            models.CheckConstraint(
                condition=~Q(indicator="") | ~(Q(across_time="distinct") | Q(across_places="distinct")),
                name="partners_indicatortarget_distinct",
                violation_error_message=_("Only a figure that the site counts can count each person once."),
            ),
            models.CheckConstraint(
                condition=Q(baseline=None) | ~Q(baseline_source=""),
                name="partners_indicatortarget_baseline",
                violation_error_message=_("Give the source of the baseline."),
            ),
        ]

    def __str__(self) -> str:
        return local_text(self, "title").text

    def clean(self) -> None:
        """Refuse a figure that nobody counts, and counting each person once where its source cannot."""
        if not self.indicator:
            return
        figure = FIGURES.get(self.indicator)
        if figure is None:
            raise ValidationError({"indicator": _("The site does not count this figure.")})
        if not figure.is_distinct and {self.across_time, self.across_places} & {AcrossTime.DISTINCT}:
            raise ValidationError({"across_time": _("This figure does not tell people apart.")})


class Period(models.Model):
    """A period of a grant: the days it covers, and until when its values are to be filled in."""

    stored_name = "partners.period"

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="periods", verbose_name=_("grant"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    due_on = models.DateField(_("values are due on"))
    state = models.CharField(_("status"), max_length=8, choices=PeriodState, default=PeriodState.OPEN, editable=False)
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, editable=False, related_name="+")
    approved_at = models.DateTimeField(null=True, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["first_on"]
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        triggers = [KEEPS_PERIOD]
        constraints = [
            models.UniqueConstraint(fields=["grant", "first_on"], name="partners_period_once"),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on"), due_on__gte=F("last_on")),
                name="partners_period_days",
                violation_error_message=_("The days of the period are not in order."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PeriodState.APPROVED) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="partners_period_approved",
            ),
        ]

    def __str__(self) -> str:
        return format_interval(self.first_on, self.last_on, "yMMMd")

    def clean(self) -> None:
        """Refuse a period that overlaps another one of the grant."""
        others = Period.objects.filter(grant=self.grant_id).exclude(pk=self.pk)
        days = self.first_on and self.last_on
        if days and others.filter(first_on__lte=self.last_on, last_on__gte=self.first_on).exists():
            raise ValidationError(_("The period overlaps another one."))


class PlannedValue(models.Model):
    """What is planned for a period, for one organisation or for all together. Without a number only the value is asked
    for. The `owner` is told when it is due."""

    stored_name = "partners.plannedvalue"

    target = models.ForeignKey(
        IndicatorTarget, models.PROTECT, related_name="planned", verbose_name=_("indicator of a grant")
    )
    period = models.ForeignKey(Period, models.PROTECT, related_name="planned", verbose_name=_("period"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    number = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    owner = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))

    objects = PlannedValueQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("target for a period")
        verbose_name_plural = _("targets for periods")
        triggers = [KEEPS_ROWS]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "period", "organisation"], nulls_distinct=False, name="partners_plannedvalue_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.period_id} {self.organisation_id}"

    def clean(self) -> None:
        """Refuse a period of another grant, and a row that nobody could fill in."""
        if self.target_id and self.period_id and self.target.grant_id != self.period.grant_id:
            raise ValidationError({"period": _("This period belongs to another grant.")})
        if self.target_id and bool(self.target.indicator) == bool(self.organisation_id):
            text = _("Name the organisation that enters the value; none where the site counts it.")
            raise ValidationError({"organisation": text})


class MoneyTotal(models.Model):
    """A total of money as somebody has typed it, with its source. The accounts are kept elsewhere."""

    stored_name = "partners.moneytotal"

    period = models.ForeignKey(Period, models.PROTECT, related_name="money", verbose_name=_("period"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    kind = models.CharField(_("kind"), max_length=8, choices=MoneyKind)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    source = models.CharField(_("source"), max_length=200)
    typed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)
    typed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("total of money")
        verbose_name_plural = _("totals of money")
        triggers = [KEEPS_ROWS]
        constraints = [
            models.UniqueConstraint(fields=["period", "organisation", "kind"], name="partners_moneytotal_once"),
            models.CheckConstraint(condition=Q(amount__gte=0) & ~Q(source=""), name="partners_moneytotal_source"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.organisation_id} {self.kind}"
