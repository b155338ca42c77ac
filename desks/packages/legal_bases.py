"""On which basis a package leaves: a consent, another lawful basis by two people, and the ground of a transfer."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desks.cases.models import iso
from desks.packages.models import PERSON, Package
from desks.referrals.code_lists import CONSENT_POINTS, BasisKind, ConsentWay, FieldGroup, Giver, TransferGround
from victor.vault.keys.models import Stamped
from victor.vault.records.models import Envelope


class PackageConsent(Stamped):
    """Somebody consents to one package. `points`: the seven answers that were yes. What was said is sealed."""

    stored_name = "desks.packageconsent"

    package = models.ForeignKey(Package, models.CASCADE, related_name="consents")
    giver = models.CharField(max_length=8, choices=Giver)
    way = models.CharField(max_length=6, choices=ConsentWay)
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES)
    with_interpreter = models.BooleanField(default=False)
    points = ArrayField(models.CharField(max_length=16, choices=list(CONSENT_POINTS.items())))
    groups = ArrayField(models.CharField(max_length=3, choices=FieldGroup))
    valid_from = models.DateField()
    valid_to = models.DateField()
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="desks_packageconsent_days"),
            models.CheckConstraint(
                condition=Q(points__len=len(CONSENT_POINTS)), name="desks_packageconsent_seven_answers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package_id} {self.giver}"

    def stamped_values(self) -> list[object]:
        codes = [self.giver, self.way, self.language, *self.points, "", *self.groups]
        return [self.package_id, *codes, self.valid_from, self.valid_to, self.envelope_id, self.author_id]

    def covers(self, groups: set[str], day: date) -> bool:
        """Whether it counts on a day for these groups."""
        return self.valid_from <= day <= self.valid_to and groups <= set(self.groups)


class PackageBasis(Stamped):
    """Why a package leaves without consent: said by one person, confirmed by another. The reasons are sealed."""

    stored_name = "desks.packagebasis"

    package = models.ForeignKey(Package, models.CASCADE, related_name="bases")
    kind = models.CharField(max_length=15, choices=BasisKind)
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    first = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    second = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("first")), name="desks_packagebasis_two_people"
            )
        ]

    def __str__(self) -> str:
        return f"{self.package_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        people = [self.first_id, self.second_id, iso(self.confirmed_at)]
        return [self.package_id, self.kind, self.envelope_id, *people]


class PackageGround(Stamped):
    """On what ground a package leaves the European Union. Why it is necessary is sealed."""

    stored_name = "desks.packageground"

    package = models.OneToOneField(Package, models.CASCADE, related_name="ground")
    ground = models.CharField(max_length=15, choices=TransferGround)
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.package_id} {self.ground}"

    def stamped_values(self) -> list[object]:
        return [self.package_id, self.ground, self.envelope_id, self.author_id]
