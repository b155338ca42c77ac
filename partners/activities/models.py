"""Activities of a grant: what was planned, what was done, what went otherwise, and what proves it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.activities.querysets import EvidenceQuerySet, GrantActivityQuerySet
from partners.activities.states import NEED_DEVIATION, ActivityKind, ActivityState, DeviationState, EvidenceKind
from partners.activities.triggers import KEEPS_DECISION, KEEPS_DEVIATION
from partners.directory.models import Country, Organisation
from partners.grants.models import WorkPackage, grant_storage, random_file_name
from victor.files.states import FileFormat
from victor.languages import local_text, no_empty_texts

PERSON = settings.AUTH_USER_MODEL


class Activity(models.Model):
    """Something that a work package plans. What is changed or dropped names the `deviation` that says why."""

    stored_name = "partners.activity"

    package = models.ForeignKey(WorkPackage, models.PROTECT, related_name="activities", verbose_name=_("work package"))
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=11, choices=ActivityKind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    planned_from = models.DateField(_("planned first day"))
    planned_to = models.DateField(_("planned last day"))
    began_on = models.DateField(_("real first day"), null=True, editable=False)
    ended_on = models.DateField(_("real last day"), null=True, editable=False)
    state = models.CharField(
        _("status"), max_length=7, choices=ActivityState, default=ActivityState.PLANNED, editable=False
    )
    deviation = models.OneToOneField(
        "partners.Deviation", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("deviation")
    )

    objects = GrantActivityQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            no_empty_texts("partners_activity_texts", "title"),
            models.UniqueConstraint(fields=["package", "code"], name="partners_activity_once"),
            models.CheckConstraint(
                condition=Q(planned_to__gte=F("planned_from")),
                name="partners_activity_days",
                violation_error_message=_("The last day is before the first one."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NEED_DEVIATION) | Q(deviation__isnull=False), name="partners_activity_deviation"
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.DONE) | Q(ended_on__gte=F("began_on")), name="partners_activity_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {local_text(self, 'title').text}"

    def get_absolute_url(self) -> str:
        return reverse("partners:activity", args=[self.pk])


class ActivityLink(models.Model):
    """A seminar, campaign, desk or meeting in which an activity was done: its kind, and the key of its row."""

    stored_name = "partners.activitylink"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="links", verbose_name=_("activity"))
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("link of an activity")
        verbose_name_plural = _("links of activities")
        constraints = [models.UniqueConstraint(fields=["activity", "kind", "key"], name="partners_activitylink_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Deviation(models.Model):
    """What went otherwise than planned, why, and what that means for the result. A second person approves it."""

    stored_name = "partners.deviation"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="deviations", verbose_name=_("activity"))
    outcome = models.CharField(
        _("what becomes of the activity"),
        max_length=7,
        choices=[(state.value, state.label) for state in NEED_DEVIATION],
    )
    what = models.TextField(_("what changed"), max_length=2000)
    why = models.TextField(_("reason"), max_length=2000)
    effect = models.TextField(_("what it means for the result"), max_length=2000)
    state = models.CharField(max_length=8, choices=DeviationState, default=DeviationState.PROPOSED)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")
        triggers = [KEEPS_DEVIATION, KEEPS_DECISION]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DeviationState.APPROVED)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="partners_deviation_two_people",
            ),
            models.UniqueConstraint(
                fields=["activity"], condition=Q(state=DeviationState.PROPOSED), name="partners_deviation_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.outcome}"


class Evidence(models.Model):
    """A file that proves an activity. What is restricted only coordinators can open."""

    stored_name = "partners.evidence"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence", verbose_name=_("activity"))
    kind = models.CharField(_("kind"), max_length=7, choices=EvidenceKind)
    words = models.CharField(_("what it shows"), max_length=200)
    file = models.FileField(_("file"), storage=grant_storage, upload_to=random_file_name)
    file_format = models.CharField(max_length=4, choices=FileFormat, editable=False)
    is_restricted = models.BooleanField(_("for coordinators only"), default=True)
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=EvidenceKind.LIST) | Q(is_restricted=True), name="partners_evidence_lists"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind}"
