"""Minutes of meetings version by version, what was decided, and what somebody has taken on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partners.groups.models import WorkingGroup
from partners.meetings.models import AgendaItem, Invitation, Meeting
from partners.minutes.querysets import ActionQuerySet, DecisionQuerySet, ItemTextQuerySet, MinutesQuerySet
from partners.minutes.states import ActionState, MinutesState, Priority, TextState
from partners.minutes.triggers import FROZEN, FROZEN_WITH_MINUTES, NEVER_DELETED

DIGEST_LENGTH = 64


class Minutes(models.Model):
    """One version of the minutes of a meeting. A correction is a new version, which says what has changed.

    Once two people have approved it, `contents` is what was approved, `digest` its SHA-256, and nobody changes it.
    """

    stored_name = "partners.minutes"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    changes = models.CharField(max_length=500, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    circulated_at = models.DateTimeField(null=True)
    remarks_until = models.DateField(null=True)
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    chair_at = models.DateTimeField(null=True)
    secretary = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    secretary_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    contents = models.JSONField(null=True)
    digest = models.CharField(max_length=DIGEST_LENGTH, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        triggers = [FROZEN]
        ordering = ["meeting", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="partners_minutes_version_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=~Q(state=MinutesState.APPROVED), name="partners_minutes_one_open"
            ),
            models.CheckConstraint(
                condition=Q(version=1, changes="") | Q(version__gt=1) & ~Q(changes=""), name="partners_minutes_changes"
            ),
            models.CheckConstraint(
                condition=Q(state=MinutesState.DRAFT, circulated_at=None, remarks_until=None)
                | ~Q(state=MinutesState.DRAFT) & Q(circulated_at__isnull=False, remarks_until__isnull=False),
                name="partners_minutes_circulated",
            ),
            models.CheckConstraint(
                condition=Q(chair=None) | Q(secretary=None) | ~Q(chair=F("secretary")),
                name="partners_minutes_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=MinutesState.APPROVED) & Q(contents=None, digest="", approved_at=None)
                | Q(
                    state=MinutesState.APPROVED,
                    chair__isnull=False,
                    secretary__isnull=False,
                    contents__isnull=False,
                    approved_at__isnull=False,
                    digest__regex=r"^[0-9a-f]{64}$",
                ),
                name="partners_minutes_approved_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("partners:minutes", args=[self.meeting_id, self.version])

    @property
    def takes_remarks(self) -> bool:
        """Whether the days for remarks are not over."""
        return self.remarks_until is not None and timezone.localdate() <= self.remarks_until

    @property
    def is_frozen(self) -> bool:
        """Whether two people have approved it."""
        return self.state == MinutesState.APPROVED


class ItemText(models.Model):
    """What minutes say about an agenda item.

    Who saves over a text that they have not seen writes a second one, and somebody chooses. Both are kept.
    """

    stored_name = "partners.itemtext"

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="texts")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=TextState, default=TextState.CURRENT)
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = ItemTextQuerySet.as_manager()

    class Meta:
        triggers = [FROZEN_WITH_MINUTES]
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "item"], condition=Q(state=TextState.CURRENT), name="partners_itemtext_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.item_id}"


class Attendance(models.Model):
    """Whether somebody who was invited was there, as minutes say."""

    stored_name = "partners.attendance"

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="attendance")
    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="+")
    is_present = models.BooleanField(default=False)

    class Meta:
        triggers = [FROZEN_WITH_MINUTES]
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["minutes", "invitation"], name="partners_attendance_once")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.invitation_id}"


class Remark(models.Model):
    """What somebody says about minutes. It changes no text. `is_late`: it came after the days for remarks."""

    stored_name = "partners.remark"

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    made_at = models.DateTimeField(default=timezone.now)
    is_late = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="partners_remark_text")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.pk}"


class Decision(models.Model):
    """What a group has decided, with its number of the year. No number is left out and none is given twice."""

    stored_name = "partners.decision"

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    words = models.TextField(max_length=2000)
    votes_for = models.PositiveSmallIntegerField(default=0)
    votes_against = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        triggers = [NEVER_DELETED]
        ordering = ["group", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="partners_decision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(words=""), name="partners_decision_whole"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How people name it: group, year, number."""
        return f"{self.group.slug.upper()}-{self.year}-{self.number}"


class Action(models.Model):
    """What somebody of a group has taken on, until when, and what became of it.

    It comes from an agenda item, and perhaps from a decision. `fell_to_chair`: the owner has left. Without an owner it
    waits for the coordinators. `carried_to`: as what it stands on the next agenda.
    """

    stored_name = "partners.action"

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="actions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="actions")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="actions")
    words = models.CharField(max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    fell_to_chair = models.BooleanField(default=False)
    carried_to = models.OneToOneField(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="carried_action", editable=False
    )
    due_on = models.DateField()
    priority = models.CharField(max_length=6, choices=Priority, default=Priority.NORMAL)
    state = models.CharField(max_length=8, choices=ActionState, default=ActionState.OPEN)
    evidence = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="partners_action_words"),
            models.CheckConstraint(
                condition=~Q(state__in=[ActionState.DONE, ActionState.VERIFIED]) | Q(done_by__isnull=False),
                name="partners_action_done",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.VERIFIED) & Q(verified_by=None)
                | Q(state=ActionState.VERIFIED, verified_by__isnull=False) & ~Q(verified_by=F("done_by")),
                name="partners_action_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.DROPPED) | ~Q(reason=""), name="partners_action_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("partners:action", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        """Whether its day is over and nobody has done it."""
        return self.state == ActionState.OPEN and self.due_on < timezone.localdate()
