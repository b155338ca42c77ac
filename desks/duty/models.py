from __future__ import annotations

from datetime import time
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.duty.querysets import DutyAlarmQuerySet, DutyCallQuerySet, DutySpanQuerySet, DutySwapQuerySet
from desks.duty.rota import DutyTime, SingleSpan, Span, WeeklySpan
from desks.duty.states import AlarmState, CallPurpose, CallState, DutyChannel, DutyHours, Rank, SwapState
from desks.reports.models import Report
from desks.reports.states import OPEN_STATES
from victor.field_encryption import decrypt_value


class DutyPolicy(models.Model):
    """When a desk calls its people for danger. A desk without a row calls at all hours."""

    stored_name = "desks.dutypolicy"

    desk = models.OneToOneField(Desk, models.CASCADE, related_name="duty_policy", verbose_name=_("desk"))
    hours = models.CharField(max_length=6, choices=DutyHours, default=DutyHours.ALWAYS)

    def __str__(self) -> str:
        return f"{self.desk_id} {self.hours}"


class DutySpan(models.Model):
    """A time at which a person is on duty for a desk: every week, or once. `person` is None where they have left."""

    stored_name = "desks.dutyspan"

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="duty_spans", verbose_name=_("desk"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    rank = models.CharField(_("order"), max_length=5, choices=Rank, default=Rank.FIRST)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=list(WEEKDAYS.items()), null=True)
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    vacant_since = models.DateTimeField(null=True)

    objects = DutySpanQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "starts", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    weekday__isnull=False, starts__isnull=False, ends__isnull=False, starts_at=None, ends_at=None
                )
                | Q(weekday=None, starts=None, ends=None, starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="desks_dutyspan_weekly_or_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.rank}"

    def as_span(self, person: int) -> Span:
        """The same for the rota, with whoever has it."""
        if self.starts_at and self.ends_at:
            return SingleSpan(self.pk or 0, person, self.rank, self.starts_at, self.ends_at)
        return self.as_weekly(person)

    def as_weekly(self, person: int) -> WeeklySpan:
        """A span of the week."""
        starts, ends = self.starts or time(), self.ends or time()
        return WeeklySpan(self.pk or 0, person, self.rank, self.weekday or 0, starts, ends)


class DutyNumber(models.Model):
    """The telephone number at which a person is called. A new one counts once its code was typed; until then the old.

    Both are encrypted with keys that the database does not hold.
    """

    stored_name = "desks.dutynumber"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="duty_number")
    encrypted_number = models.TextField(blank=True)
    channel = models.CharField(max_length=5, choices=DutyChannel, default=DutyChannel.SMS)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    encrypted_new = models.TextField(blank=True)
    new_channel = models.CharField(max_length=5, choices=DutyChannel, default=DutyChannel.SMS)
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id}"

    @property
    def number(self) -> str:
        """The confirmed number; empty where there is none."""
        return decrypt_value(self.encrypted_number).strip() if self.encrypted_number else ""

    @property
    def new_number(self) -> str:
        """The number that waits for its code; empty where none does."""
        return decrypt_value(self.encrypted_new).strip() if self.encrypted_new else ""


class DutyAlarm(models.Model):
    """Danger of which the people on duty are told by calls, one after the other, until somebody takes it.

    It is about a report of their desk, a referral to it in an emergency, or an alert that a child is missing. `code` is
    all that a call says of it.
    `failing_since`: nobody could be called since then.
    """

    stored_name = "desks.dutyalarm"

    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="duty_alarms")
    referral = models.ForeignKey("desks.Referral", models.CASCADE, null=True, related_name="duty_alarms")
    alert = models.ForeignKey("desks.AlertDesk", models.CASCADE, null=True, related_name="duty_alarms")
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="duty_alarms")
    code = models.CharField(max_length=4)
    state = models.CharField(_("status"), max_length=7, choices=AlarmState, default=AlarmState.CALLING)
    raised_at = models.DateTimeField(default=timezone.now)
    next_call_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = DutyAlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "desk"], condition=Q(state=AlarmState.CALLING), name="desks_dutyalarm_one_calling"
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state=AlarmState.CALLING), name="desks_dutyalarm_one_of_referral"
            ),
            models.UniqueConstraint(
                fields=["alert"], condition=Q(state=AlarmState.CALLING), name="desks_dutyalarm_one_of_alert"
            ),
            models.CheckConstraint(
                condition=Q(report=None, referral__isnull=False, alert=None)
                | Q(report__isnull=False, referral=None, alert=None)
                | Q(report=None, referral=None, alert__isnull=False),
                name="desks_dutyalarm_about_one",
            ),
        ]
        indexes = [
            models.Index("next_call_at", condition=Q(state=AlarmState.CALLING), name="desks_dutyalarm_due"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_needed(self) -> bool:
        """Whether somebody can take it: the report has no outcome and lies here. A referral and an alert end theirs."""
        is_here = self.report is None or (self.report.state in OPEN_STATES and self.report.desk_id == self.desk_id)
        return self.state == AlarmState.CALLING and is_here


class DutyCall(models.Model):
    """One call or text message to a person, which waits here until the gateway has it. It holds no word of a report.

    `encrypted_code` is all that it says, and is deleted once it was sent.
    """

    stored_name = "desks.dutycall"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    purpose = models.CharField(max_length=5, choices=CallPurpose, default=CallPurpose.ALARM)
    alarm = models.ForeignKey(DutyAlarm, models.CASCADE, null=True, related_name="calls")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=DutyChannel)
    encrypted_code = models.TextField(blank=True)
    state = models.CharField(_("status"), max_length=9, choices=CallState, default=CallState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    delivered_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True)

    objects = DutyCallQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index("due_at", condition=Q(state=CallState.WAITING), name="desks_dutycall_due")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class DutySwap(models.Model):
    """A person offers a colleague one of their duties for one of the colleague's. Nothing changes before they agree."""

    stored_name = "desks.dutyswap"

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="duty_swaps")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    given_rank = models.CharField(max_length=5, choices=Rank)
    given_starts_at = models.DateTimeField()
    given_ends_at = models.DateTimeField()
    wanted_rank = models.CharField(max_length=5, choices=Rank)
    wanted_starts_at = models.DateTimeField()
    wanted_ends_at = models.DateTimeField()
    state = models.CharField(_("status"), max_length=9, choices=SwapState, default=SwapState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(null=True)

    objects = DutySwapQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "given_rank", "given_starts_at"],
                condition=Q(state=SwapState.ASKED),
                name="desks_dutyswap_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def given(self) -> DutyTime:
        """What the asker gives."""
        return DutyTime(Rank(self.given_rank), self.given_starts_at, self.given_ends_at)

    @property
    def wanted(self) -> DutyTime:
        """What the asker gets."""
        return DutyTime(Rank(self.wanted_rank), self.wanted_starts_at, self.wanted_ends_at)
