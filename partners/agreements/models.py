"""Agreements between partners, and who has signed them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.agreements.querysets import AgreementQuerySet
from partners.agreements.states import (
    EVER_SIGNED,
    AgreementKind,
    AgreementState,
    FileKind,
    Gate,
    Renewal,
)
from partners.directory.models import Country, Organisation
from victor.files.states import FileFormat
from victor.languages import local_text, no_empty_texts

CODE = "AG-{:02d}"
STATES_WITH_REASON = [AgreementState.SUSPENDED, AgreementState.TERMINATED]


class Agreement(models.Model):
    """What partners have signed, what it allows (`gates`), from when until when; without `valid_to` until it is ended.

    A new period is an agreement of its own that `renews` the one before: no date of a signed one is edited.
    """

    stored_name = "partners.agreement"

    code = models.CharField(_("code"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=AgreementKind)
    title = models.CharField(_("title"), max_length=200)
    scope = models.CharField(_("scope"), max_length=500, blank=True)
    countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries"))
    gates = ArrayField(
        models.CharField(max_length=16, choices=Gate), verbose_name=_("what it allows"), default=list, blank=True
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(
        _("notice (months)"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    renewal = models.CharField(_("at the end"), max_length=8, choices=Renewal, default=Renewal.NONE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    state = models.CharField(
        _("status"), max_length=12, choices=AgreementState, default=AgreementState.DRAFT, editable=False
    )
    reason = models.CharField(pgettext_lazy("of a suspension", "reason"), max_length=300, blank=True, editable=False)
    moved_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="renewals", verbose_name=_("renews")
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            no_empty_texts("partners_agreement_texts", "title"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="partners_agreement_days",
                violation_error_message=_("The last day is before the first one."),
            ),
            models.CheckConstraint(
                condition=~Q(renewal=Renewal.TACIT) | Q(valid_to__isnull=False),
                name="partners_agreement_tacit",
                violation_error_message=_("An agreement without a last day is not renewed."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STATES_WITH_REASON) | ~Q(reason=""), name="partners_agreement_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {local_text(self, 'title').text}"

    def get_absolute_url(self) -> str:
        return reverse("partners:agreement", args=[self.pk])

    @property
    def is_valid(self) -> bool:
        """Whether it is signed and in force today."""
        today = timezone.localdate()
        has_ended = self.valid_to is not None and self.valid_to < today
        return self.state == AgreementState.SIGNED and self.valid_from <= today and not has_ended

    @property
    def days_left(self) -> int | None:
        """The number of days until its last one; None where it has none or is not in force."""
        if self.valid_to is None or self.state != AgreementState.SIGNED:
            return None
        return (self.valid_to - timezone.localdate()).days

    @property
    def ended_on(self) -> date:
        """The day on which it was over, of one that is not in force: its last one, or that on which it was ended."""
        today = timezone.localdate()
        return self.valid_to if self.valid_to and self.valid_to < today else timezone.localdate(self.moved_at)

    @property
    def has_live_owner(self) -> bool:
        """Whether somebody is told of its end."""
        return self.owner is not None and self.owner.is_active

    @property
    def was_signed(self) -> bool:
        """Whether it is, or was, signed."""
        return self.state in EVER_SIGNED


class AgreementParty(models.Model):
    """An organisation that signs an agreement: which office signs for it, on which day it did, and gave notice."""

    stored_name = "partners.agreementparty"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="parties", verbose_name=_("agreement")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreement_parties", verbose_name=_("organisation")
    )
    office = models.CharField(_("office that signs"), max_length=150, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    notice_on = models.DateField(_("notice given on"), null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="partners_agreementparty_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.organisation_id}"


def agreement_storage() -> Storage:
    """The storage of signed papers. Only parties and coordinators read them."""
    return storages["agreements"]


def random_file_name(file: AgreementFile, name: str) -> str:
    """A random name: the original one may name people."""
    return f"{uuid4().hex}.{file.file_format}"


class AgreementFile(models.Model):
    """A paper of an agreement in one version. It is never changed; a new one has the next number.

    `was_scanned`: a virus scanner has found nothing. Without one a file is kept all the same, and the page says so.
    """

    stored_name = "partners.agreementfile"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="files", verbose_name=_("agreement"))
    number = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=9, choices=FileKind, default=FileKind.SIGNED)
    words = models.CharField(pgettext_lazy("of a file", "what it is"), max_length=200, blank=True)
    file = models.FileField(_("file"), storage=agreement_storage, upload_to=random_file_name)
    file_format = models.CharField(max_length=4, choices=FileFormat, editable=False)
    size = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    was_scanned = models.BooleanField(default=False, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("file of an agreement")
        verbose_name_plural = _("files of agreements")
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="partners_agreementfile_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.number}"


class RenewalRequest(models.Model):
    """That somebody who needs an agreement asks for its renewal: once each, until it is renewed."""

    stored_name = "partners.renewalrequest"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="requests", verbose_name=_("agreement"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("request to renew an agreement")
        verbose_name_plural = _("requests to renew agreements")
        constraints = [models.UniqueConstraint(fields=["agreement", "asked_by"], name="partners_renewalrequest_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.asked_by_id}"


class AgreementReminder(models.Model):
    """That somebody was told of the end of an agreement, so many days before it: once each."""

    stored_name = "partners.agreementreminder"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("agreement")
    )
    days = models.PositiveSmallIntegerField(_("days before the end"))
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reminder of an agreement")
        verbose_name_plural = _("reminders of agreements")
        constraints = [models.UniqueConstraint(fields=["agreement", "days"], name="partners_agreementreminder_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.days}"
