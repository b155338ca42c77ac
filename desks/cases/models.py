"""A case: its course in plain codes, and what belongs to it. What is said of a child is in envelopes of its record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.code_lists import (
    AgeBand,
    AgeBasis,
    Answer,
    AssignmentReason,
    AssignmentRole,
    CaseSource,
    Sensitivity,
    StatusBody,
)
from desks.cases.querysets import DANGER_FIRST, CaseQuerySet, ClockQuerySet
from desks.cases.states import ENDED_STAGES, EntryKind, GuardianState, Stage, VictimStatus
from desks.cases.triggers import CASE_CLOCKS, SETS_SOONEST
from desks.desk.models import Desk
from desks.reports.models import Report
from desks.reports.states import Risk
from victor.vault.groups.models import Group
from victor.vault.keys.models import Key, Stamped
from victor.vault.records.models import Envelope

PERSON = settings.AUTH_USER_MODEL


def today() -> date:
    """The day of this moment, for a column that has no time."""
    return timezone.localdate()


class Case(Stamped):
    """A child whom a desk protects. `desks/cases/plain.py` says of each column why it is not encrypted.

    The database computes `due_at`, the soonest of its clocks. `restricted_group`: only its members may open the case.
    """

    stored_name = "desks.case"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="cases", verbose_name=_("desk"))
    key = models.OneToOneField(Key, models.PROTECT, related_name="case")
    restricted_group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="restricted_cases")
    source = models.CharField(_("source"), max_length=9, choices=CaseSource)
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)

    stage = models.CharField(_("stage"), max_length=11, choices=Stage, default=Stage.OPENED)
    victim_status = models.CharField(_("status"), max_length=14, choices=VictimStatus, default=VictimStatus.UNASSESSED)
    status_body = models.CharField(_("body that decided"), max_length=6, choices=StatusBody, blank=True)
    age_band = models.CharField(_("age"), max_length=7, choices=AgeBand, default=AgeBand.UNKNOWN)
    age_basis = models.CharField(_("basis of the age"), max_length=10, choices=AgeBasis, default=AgeBasis.PRESUMED)
    unaccompanied = models.CharField(_("without parent or guardian"), max_length=7, choices=Answer)
    family_may_be_involved = models.CharField(_("family may be involved"), max_length=7, choices=Answer)
    guardian_state = models.CharField(_("guardian"), max_length=10, choices=GuardianState, default=GuardianState.NONE)
    limits_told = models.BooleanField(_("told what must be passed on"), default=False)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk)

    worker = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="cases", verbose_name=_("worker"))
    lead = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="led_cases", verbose_name=_("lead"))

    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    risk_at = models.DateTimeField(_("risk since"), default=timezone.now)
    risk_assessed_at = models.DateTimeField(_("risk assessed"), null=True)
    presumed_at = models.DateTimeField(_("presumed victim since"), null=True)
    guardian_at = models.DateTimeField(_("last step about the guardian"), null=True)
    unassigned_at = models.DateTimeField(_("without worker since"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    last_event_on = models.DateField(_("last event"), default=today)
    due_at = models.DateTimeField(_("due"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    erase_on = models.DateField(_("deleted on"), null=True)
    hold = models.BooleanField(_("under legal hold"), default=False)
    is_blocked = models.BooleanField(default=False)  # the record is kept and not used

    objects = CaseQuerySet.as_manager()

    class Meta:
        triggers = [CASE_CLOCKS]
        ordering = ["-opened_at"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["desk", "stage", "due_at", "reference"], name="desks_case_to_do"),
            models.Index(fields=["worker", "stage"], name="desks_case_of_worker"),
            models.Index(fields=["last_event_on"], name="desks_case_last_event"),
            models.Index("desk", DANGER_FIRST, "due_at", "reference", name="desks_case_list"),  # the order of the list
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(victim_status__in=[VictimStatus.IDENTIFIED, VictimStatus.NOT_IDENTIFIED])
                | ~Q(status_body=""),
                name="desks_case_decided_by_a_body",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False) | ~Q(stage=Stage.CLOSED),
                name="desks_case_closed_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_restricted(self) -> bool:
        """Whether only the people named in it may open it."""
        return self.restricted_group_id is not None

    @property
    def is_running(self) -> bool:
        """Whether the desk works on it."""
        return self.stage not in ENDED_STAGES

    def stamped_values(self) -> list[object]:
        return [self.pk, self.key_id, self.desk_id, self.restricted_group_id]


class LinkedReport(models.Model):
    """A report that tells of the child of a case. Each keeps its own record and its own retention."""

    stored_name = "desks.linkedreport"

    case = models.ForeignKey(Case, models.CASCADE, related_name="linked_reports")
    report = models.ForeignKey(Report, models.CASCADE, related_name="linked_cases")
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "report"], name="desks_linkedreport_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.report_id}"


class CaseClock(models.Model):
    """Something of a case that has to be done until a moment. The database alone writes these rows."""

    stored_name = "desks.caseclock"

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    since = models.DateTimeField()
    due_at = models.DateTimeField()

    objects = ClockQuerySet.as_manager()

    class Meta:
        triggers = [SETS_SOONEST]
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["source", "kind"], name="desks_caseclock_once")]
        indexes = [models.Index(fields=["due_at"], name="desks_caseclock_due")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseEscalation(models.Model):
    """Somebody was told that something of a case is late: once a level."""

    stored_name = "desks.caseescalation"

    case = models.ForeignKey(Case, models.CASCADE, related_name="escalations")
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    level = models.CharField(max_length=12)
    since = models.DateTimeField()
    notified_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "source", "level", "since"], name="desks_caseescalation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.level}"


class Assignment(models.Model):
    """Somebody works on a case, or leads it, from one moment until another. The row is never deleted."""

    stored_name = "desks.assignment"

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=AssignmentRole)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=11, choices=AssignmentReason)
    ended_why = models.CharField(max_length=11, choices=AssignmentReason, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "role"], condition=Q(until=None), name="desks_assignment_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id} {self.role}"


class Sealed(Stamped):
    """A row whose words are in an envelope of a case's record."""

    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def stamped_values(self) -> list[object]:
        return [self.case_id, self.envelope_id, self.author_id, iso(self.made_at)]  # type: ignore[attr-defined]


def iso(moment: datetime | None) -> str:
    """A moment as it enters a stamp."""
    return moment.astimezone(UTC).isoformat() if moment else ""


class TimelineEntry(Sealed):
    """A row of the timeline: a note, or something that was done. `code` is what it led to, in the codes of a column.

    `envelope` holds the words of a note, or the reason; None where there are none. `concerned`: a colleague.
    """

    stored_name = "desks.timelineentry"

    case = models.ForeignKey(Case, models.CASCADE, related_name="timeline")
    # Not every row has words, which the abstract model does not know.
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    kind = models.CharField(max_length=11, choices=EntryKind)
    code = models.CharField(max_length=20, blank=True)
    concerned = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES, blank=True)
    sensitivity = models.CharField(max_length=9, choices=Sensitivity, default=Sensitivity.NORMAL)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["case", "-made_at"], name="desks_timeline_newest")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.kind, self.code, self.concerned_id, self.sensitivity]
