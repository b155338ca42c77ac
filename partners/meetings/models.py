"""Meetings of groups, their agenda, and who is invited."""

from __future__ import annotations

from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.groups.models import WorkingGroup
from partners.meetings.querysets import InviteeQuerySet, MeetingQuerySet
from partners.meetings.states import Answer, InviteeRole, ItemKind, MeetingState, Repetition
from victor.schedules.times import Timed


class MeetingSeries(models.Model):
    """Meetings that repeat by a rule, as the organiser's clock counts. Each meeting of it is a row of its own.

    `uid` names the series in calendars for ever. A meeting that was moved is found there by its `original_start`.
    """

    stored_name = "partners.meetingseries"

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="series", verbose_name=_("group"))
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    repetition = models.CharField(_("repeats"), max_length=11, choices=Repetition)
    time_zone = models.CharField(_("whose clock"), max_length=50)
    first_start = models.DateTimeField(_("first meeting"))
    last_day = models.DateField(_("last day"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")

    def __str__(self) -> str:
        return str(self.uid)


class Meeting(Timed, models.Model):
    """One meeting. Those who are invited, and nobody else, see `link`.

    `sequence` counts changes of time or place and the cancellation, as RFC 5546, 2.1.4 asks.
    """

    stored_name = "partners.meeting"

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="meetings", verbose_name=_("group"))
    series = models.ForeignKey(
        MeetingSeries, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("series")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    uid = models.UUIDField(default=uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    original_start = models.DateTimeField(_("first announced for"), null=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    time_zone = models.CharField(_("whose clock"), max_length=50)
    starts = models.DateTimeField(pgettext_lazy("of a meeting", "starts"))
    ends = models.DateTimeField(pgettext_lazy("of a meeting", "ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), blank=True, help_text=_("Only invited people see the link."))
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES), verbose_name=_("languages"), default=list
    )
    interpretation = ArrayField(
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES),
        verbose_name=_("interpreting into"),
        default=list,
        blank=True,
    )
    quorum = models.PositiveSmallIntegerField(_("members who have to be present for a decision"), default=0)
    answer_by = models.DateField(_("answers by"), null=True, blank=True)
    state = models.CharField(
        _("status"), max_length=9, choices=MeetingState, default=MeetingState.DRAFT, editable=False
    )
    changed_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)
    announced_at = models.DateTimeField(_("announced"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["group", "-starts"], name="partners_meeting_order")]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="partners_meeting_number"),
            models.UniqueConstraint(
                fields=["series", "original_start"],
                condition=Q(series__isnull=False),
                name="partners_meeting_once_a_series",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="partners_meeting_span",
                violation_error_message=_("The meeting ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.DRAFT, MeetingState.CANCELLED]) | Q(announced_at__isnull=False),
                name="partners_meeting_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("partners:meeting", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.state == MeetingState.CANCELLED

    @property
    def takes_answers(self) -> bool:
        """Whether those who are invited can answer, or answer otherwise."""
        return self.state == MeetingState.ANNOUNCED and not self.has_begun

    @property
    def has_begun(self) -> bool:
        """Whether it has started, so that no answer counts any more."""
        return self.starts <= timezone.now()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the organiser."""
        return ZoneInfo(self.time_zone)


class AgendaItem(models.Model):
    """What a meeting deals with, in order. `carried_from` says from where an open action of an earlier one comes."""

    stored_name = "partners.agendaitem"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(pgettext_lazy("length of an agenda item", "minutes"), default=10)
    who = models.CharField(_("person responsible"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=11, choices=ItemKind, default=ItemKind.DISCUSSION)
    is_late = models.BooleanField(_("added after the invitation"), default=False, editable=False)
    carried_from = models.CharField(_("carried over from"), max_length=80, blank=True, editable=False)

    class Meta:
        ordering = ["meeting", "position", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="partners_agendaitem_position",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """Somebody who is invited to a meeting: a colleague, or a guest with a name and an address.

    `needs` says what the person needs to take part. It may say something about their health, so it is encrypted, and
    deleted 30 days after the meeting.
    """

    stored_name = "partners.invitation"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations", verbose_name=_("meeting"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_invitations",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=50)
    role = models.CharField(_("role"), max_length=11, choices=InviteeRole, default=InviteeRole.MEMBER)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    substitute = models.CharField(_("comes instead"), max_length=120, blank=True)
    needs = models.TextField(blank=True, editable=False)
    shows_title = models.BooleanField(_("the calendar shows the title of the meeting"), default=False)
    invited_at = models.DateTimeField(_("invited"), null=True, editable=False)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "pk"]
        verbose_name = _("invitation to a meeting")
        verbose_name_plural = _("invitations to meetings")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="partners_invitation_once"
            ),
            models.UniqueConstraint("meeting", Lower("email"), name="partners_invitation_address"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of whoever is invited."""
        return ZoneInfo(self.time_zone)
