"""What a grant has to hand in, in versions, and that somebody was told when it is due."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.deliverables.querysets import DeliverableQuerySet, DeliverableVersionQuerySet
from partners.deliverables.states import DeliverableState, Level
from partners.deliverables.triggers import KEEPS_SUBMITTED
from partners.grants.models import WorkPackage, grant_storage, random_file_name
from victor.files.states import FileFormat
from victor.languages import local_text, no_empty_texts

PERSON = settings.AUTH_USER_MODEL


class Deliverable(models.Model):
    """Something that a work package hands in to the funder."""

    stored_name = "partners.deliverable"

    package = models.ForeignKey(
        WorkPackage, models.PROTECT, related_name="deliverables", verbose_name=_("work package")
    )
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due"))
    level = models.CharField(_("who may read it"), max_length=10, choices=Level, default=Level.RESTRICTED)
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    owner = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    state = models.CharField(
        _("status"), max_length=9, choices=DeliverableState, default=DeliverableState.PLANNED, editable=False
    )
    reason = models.CharField(max_length=300, blank=True, editable=False)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        constraints = [
            no_empty_texts("partners_deliverable_texts", "title"),
            models.UniqueConstraint(fields=["package", "code"], name="partners_deliverable_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {local_text(self, 'title').text}"

    def get_absolute_url(self) -> str:
        return reverse("partners:deliverable", args=[self.pk])


class DeliverableVersion(models.Model):
    """A version of a deliverable: who wrote it, who has read it, and from when on it is frozen."""

    stored_name = "partners.deliverableversion"

    deliverable = models.ForeignKey(Deliverable, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(_("file"), storage=grant_storage, upload_to=random_file_name)
    file_format = models.CharField(max_length=4, choices=FileFormat)
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reviewer = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    submitted_on = models.DateField(null=True)

    objects = DeliverableVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a deliverable")
        verbose_name_plural = _("versions of deliverables")
        triggers = [KEEPS_SUBMITTED]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "number"], name="partners_deliverableversion_once"),
            models.CheckConstraint(
                condition=Q(reviewer=None) | ~Q(reviewer=F("author")), name="partners_deliverableversion_two_people"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None) | Q(reviewer__isnull=False), name="partners_deliverableversion_read"
            ),
            models.CheckConstraint(
                condition=Q(submitted_on=None) | (Q(reviewed_at__isnull=False) & ~Q(sha256="")),
                name="partners_deliverableversion_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable_id} {self.number}"


class DeliverableReminder(models.Model):
    """That somebody was told that a deliverable is due, so many days before: once each."""

    stored_name = "partners.deliverablereminder"

    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "days"], name="partners_deliverablereminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.deliverable_id} {self.days}"
