"""What a desk gives to somebody who has no desk here: a locked file, and the registered keys of partners.

A package cannot be taken back. Its file is sealed in the record of its case and deleted after seven days.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.models import Case, iso
from desks.cases.plain import declare_plain
from desks.desk.models import Desk
from desks.packages.encryption import fingerprint_of
from desks.packages.plain import REASONS
from desks.packages.querysets import PackageQuerySet, PartnerKeyQuerySet
from desks.packages.states import (
    UNSENT,
    KeptReason,
    KeyState,
    Method,
    PackageState,
    PackageWordsKind,
    RemovalReason,
)
from desks.referrals.code_lists import FieldGroup, SharingPurpose
from victor.formatting import country_name
from victor.vault.keys.models import Stamped
from victor.vault.records.models import Envelope, SealedFile

PERSON = settings.AUTH_USER_MODEL
LONG = 200


class PartnerKey(Stamped):
    """The public key of a partner without a desk, of the age format. It tells nothing of a child.

    `country`: by the two letters of ISO 3166, of the partnership or not.

    One person hears the fingerprint by telephone, another confirms it. The stamp binds the key to what they heard:
    who owns the database cannot exchange it.
    """

    stored_name = "desks.partnerkey"

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="partner_keys")
    organisation = models.CharField(_("organisation"), max_length=LONG)
    function = models.CharField(_("function"), max_length=LONG)
    country = models.CharField(max_length=2)
    recipient = models.CharField(max_length=LONG)
    state = models.CharField(max_length=9, choices=KeyState, default=KeyState.PROPOSED)
    read_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    read_on = models.DateField()
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removal_reason = models.CharField(max_length=8, choices=RemovalReason, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = PartnerKeyQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "function", "pk"]
        verbose_name = _("key of a partner")
        verbose_name_plural = _("keys of partners")
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "recipient"], condition=~Q(state=KeyState.REMOVED), name="desks_partnerkey_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("read_by")), name="desks_partnerkey_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state=KeyState.CONFIRMED) | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="desks_partnerkey_confirmed_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.function}"

    def stamped_values(self) -> list[object]:
        people = [self.read_by_id, self.confirmed_by_id, iso(self.confirmed_at), iso(self.removed_at)]
        return [self.desk_id, self.organisation, self.function, self.country, self.recipient, self.state, *people]

    @property
    def country_name(self) -> str:
        """The country in the reader's language."""
        return country_name(self.country)

    @property
    def fingerprint(self) -> str:
        """What is read aloud of it."""
        return fingerprint_of(self.recipient)

    @property
    def is_confirmed(self) -> bool:
        """Whether two people have heard its fingerprint, and it is still used."""
        return self.state == KeyState.CONFIRMED


class Package(Stamped):
    """What leaves a case for somebody outside. `desks/packages/plain.py` says why each column is not encrypted.

    `partner` has the key where it is locked with one; else the receiver's office is in sealed words. `country`: where
    the receiver is, by the two letters of ISO 3166, of the partnership or not. `receipt_digest`: of the code in the
    package. Nobody here can open the file without the receiver's key or the six words, which are stored nowhere.
    """

    stored_name = "desks.package"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="packages")
    method = models.CharField(max_length=3, choices=Method)
    partner = models.ForeignKey(PartnerKey, models.PROTECT, null=True, related_name="packages")
    country = models.CharField(max_length=2)
    purpose = models.CharField(max_length=14, choices=SharingPurpose)
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES)
    groups = ArrayField(models.CharField(max_length=3, choices=FieldGroup), default=list)
    items = ArrayField(models.CharField(max_length=20), default=list)
    state = models.CharField(_("status"), max_length=17, choices=PackageState, default=PackageState.DRAFT)
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    case_version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    file = models.OneToOneField(SealedFile, models.SET_NULL, null=True, related_name="package")
    downloads = models.PositiveIntegerField(default=0)
    receipt_digest = models.CharField(max_length=64, null=True, unique=True)
    child_informed = models.BooleanField(default=False)
    received_at = models.DateTimeField(null=True)
    could_open = models.BooleanField(default=False)
    destruction_asked_at = models.DateTimeField(null=True)
    destroyed_on = models.DateField(null=True)
    kept_reason = models.CharField(max_length=11, choices=KeptReason, blank=True)
    moved_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = PackageQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        indexes = [models.Index(fields=["expires_at"], name="desks_package_expiry", condition=Q(file__isnull=False))]
        constraints = [
            models.CheckConstraint(
                condition=Q(method=Method.AGE, partner__isnull=False) | Q(method=Method.PDF, partner=None),
                name="desks_package_receiver",
            ),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("author")), name="desks_package_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNSENT))
                | Q(approver__isnull=False, sent_at__isnull=False, expires_at__isnull=False, child_informed=True),
                name="desks_package_sent_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def stamped_values(self) -> list[object]:
        codes = [self.method, self.purpose, self.language, self.state, *self.groups, "", *self.items]
        people = [self.author_id, self.approver_id, self.partner_id, self.country]
        made = [self.file_id, self.receipt_digest, self.child_informed, iso(self.sent_at), iso(self.expires_at)]
        return [self.pk, self.case_id, *codes, *people, *made, iso(self.received_at), self.destroyed_on]

    @property
    def country_name(self) -> str:
        """The country in the reader's language."""
        return country_name(self.country)

    @property
    def is_readable(self) -> bool:
        """Whether the desk can still fetch the file."""
        return self.file_id is not None and self.expires_at is not None and self.expires_at > timezone.now()

    @property
    def file_name(self) -> str:
        """How the file is called. The name tells nothing."""
        return f"{self.reference}.{'age' if self.method == Method.AGE else 'pdf'}"


class PackageWords(Stamped):
    """Words of a package, under the key of its case: the receiver's office, the letter, what came back."""

    stored_name = "desks.packagewords"

    package = models.ForeignKey(Package, models.CASCADE, related_name="words")
    kind = models.CharField(max_length=8, choices=PackageWordsKind)
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["package", "kind"], name="desks_packagewords_once")]

    def __str__(self) -> str:
        return f"{self.package_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        return [self.package_id, self.kind, self.envelope_id, self.author_id, iso(self.made_at)]


for name, reasons in REASONS.items():
    declare_plain(name, reasons)
