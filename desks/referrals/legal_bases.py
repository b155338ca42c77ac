"""On which basis a referral is shared: a consent, another lawful basis by two people, and the ground of a transfer."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desks.cases.models import iso
from desks.referrals.code_lists import BasisKind, ConsentWay, FieldGroup, Giver, TransferGround
from desks.referrals.models import PERSON, Referral
from desks.referrals.states import Side
from victor.vault.keys.models import Stamped
from victor.vault.records.models import Envelope


class Consent(Stamped):
    """Somebody consents to one sharing act, until a day. What was said is under the key of the sender's case.

    The seven answers are the points of consent of the Human Trafficking Case Data Standard 2.0 (`con_Consent`).
    """

    stored_name = "desks.consent"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="consents")
    giver = models.CharField(max_length=8, choices=Giver)
    way = models.CharField(max_length=6, choices=ConsentWay)
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES)
    with_interpreter = models.BooleanField(default=False)
    agrees = models.BooleanField()
    knows_why = models.BooleanField()
    knows_use = models.BooleanField()
    knows_research = models.BooleanField()
    knows_access = models.BooleanField()
    knows_storage = models.BooleanField()
    knows_withdrawal = models.BooleanField()
    groups = ArrayField(models.CharField(max_length=3, choices=FieldGroup))
    valid_from = models.DateField()
    valid_to = models.DateField()
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_side = models.CharField(max_length=8, choices=Side, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="desks_consent_days"),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.giver}"

    def stamped_values(self) -> list[object]:
        points = [self.agrees, self.knows_why, self.knows_use, self.knows_research]
        points += [self.knows_access, self.knows_storage, self.knows_withdrawal]
        codes = [self.giver, self.way, self.language, *self.groups, self.valid_from, self.valid_to]
        return [self.referral_id, *codes, *points, self.envelope_id, self.author_id, iso(self.withdrawn_at)]

    def covers(self, groups: set[str], day: date) -> bool:
        """Whether it counts on a day for these groups."""
        counts = self.withdrawn_at is None and self.valid_from <= day <= self.valid_to
        return counts and groups <= set(self.groups)


class LawfulBasis(Stamped):
    """Why a record is shared without consent: said by one person, confirmed by another. The reasons are sealed."""

    stored_name = "desks.lawfulbasis"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="bases")
    kind = models.CharField(max_length=15, choices=BasisKind)
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")
    first = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    second = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("first")), name="desks_lawfulbasis_two_people"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        people = [self.first_id, self.second_id, iso(self.confirmed_at)]
        return [self.referral_id, self.kind, self.envelope_id, *people]


class TransferBasis(Stamped):
    """On what ground a referral leaves the European Union. Why it is necessary is sealed."""

    stored_name = "desks.transferbasis"

    referral = models.OneToOneField(Referral, models.CASCADE, related_name="transfer_basis")
    ground = models.CharField(max_length=15, choices=TransferGround)
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.referral_id} {self.ground}"

    def stamped_values(self) -> list[object]:
        return [self.referral_id, self.ground, self.envelope_id, self.author_id]
