"""Certificates and the orders for them."""

from __future__ import annotations

from datetime import timedelta
from unicodedata import normalize

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.certificates.querysets import CertificateOrderQuerySet, CertificateQuerySet
from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from victor.schedules.times import hours_of


def certificate_storage() -> Storage:
    """The storage of certificate files."""
    return storages["certificates"]


class Certificate(models.Model):
    """A certificate of attendance. It stays when the registration is deleted.

    `code` has 100 random bits and verifies the certificate. `digest` is the SHA-256 of its file. `minutes` is how long
    the person attended, `total` how long the seminar was when the certificate was issued. A name is corrected by
    issuing another certificate, which is `replaced_by`.
    """

    stored_name = "trainings.certificate"

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="certificates", verbose_name=_("seminar"))
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, related_name="certificates", verbose_name=_("registration")
    )
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=150)
    shows_name = models.BooleanField(_("the full name is shown"), default=False)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    minutes = models.PositiveIntegerField(_("minutes attended"))
    total = models.PositiveIntegerField(_("minutes of all sessions"))
    serial = models.CharField(_("number"), max_length=20, unique=True)
    code = models.CharField(_("code"), max_length=24, unique=True)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    file = models.FileField(storage=certificate_storage)
    digest = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    replaced_by = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="replaces")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(condition=Q(revoked_at=None) | ~Q(reason=""), name="trainings_certificate_reason"),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(revoked_at=None, replaced_by=None),
                name="trainings_certificate_once",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def state(self) -> str:
        """`valid`, `revoked`, or `replaced` by a corrected certificate."""
        if self.replaced_by_id:
            return "replaced"
        return "revoked" if self.revoked_at else "valid"

    @property
    def hours(self) -> str:
        """The hours attended: "5.5 of 6 hours", in the active language."""
        return hours_of(timedelta(minutes=self.minutes), timedelta(minutes=self.total))

    @property
    def initials(self) -> str:
        """The initials, which strangers see without the person's consent."""
        parts = normalize("NFC", self.name).replace("-", " ").split()
        return " ".join(f"{part[0].upper()}." for part in parts)

    @property
    def shown_name(self) -> str:
        """What a person who verifies the certificate may see of the name."""
        return self.name if self.shows_name else self.initials


class CertificateOrder(models.Model):
    """A certificate that is to be created. Creating it deletes the order in the same transaction. The order stays as
    `failed` where the certificate cannot be created, usually because our fonts lack a letter of the name."""

    stored_name = "trainings.certificateorder"

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="ordered")
    ordered_at = models.DateTimeField(_("ordered"), default=timezone.now)
    failed = models.BooleanField(_("cannot be printed"), default=False)

    objects = CertificateOrderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("certificate request")
        verbose_name_plural = _("certificate requests")

    def __str__(self) -> str:
        return f"{self.registration_id}"
