"""Each quarter, somebody says of every role at an organisation whether it is still right. What was said stays."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.access_reviews.periods import quarter_in_words
from desks.access_reviews.querysets import AccessReviewQuerySet
from desks.access_reviews.states import AccessPart, Circle, ReviewState
from desks.cases.models import iso
from partners.directory.models import Organisation
from partners.memberships.states import Role
from victor.vault.keys.models import Stamped

PERSON = settings.AUTH_USER_MODEL


class AccessReview(Stamped):
    """The review of a quarter, of the people of an organisation. `closes_at`: the quarter is over."""

    stored_name = "desks.accessreview"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    circle = models.CharField(max_length=7, choices=Circle)
    begins_on = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    signed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    objects = AccessReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-begins_on", "pk"]
        verbose_name = _("access review")
        verbose_name_plural = _("access reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "circle", "begins_on"], name="desks_accessreview_once_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None) | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="desks_accessreview_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.circle} {self.begins_on}"

    @property
    def state(self) -> ReviewState:
        """Where it stands now."""
        now = timezone.now()
        if self.signed_at is not None:
            return ReviewState.DONE
        if self.closes_at <= now:
            return ReviewState.MISSED
        return ReviewState.LATE if self.due_at <= now else ReviewState.RUNNING

    @property
    def is_running(self) -> bool:
        """Whether it can still be done."""
        return self.state in {ReviewState.RUNNING, ReviewState.LATE}

    @property
    def quarter(self) -> str:
        """Its months, in words."""
        return quarter_in_words(self.begins_on)

    def stamped_values(self) -> list[object]:
        times = [iso(moment) for moment in (self.opened_at, self.due_at, self.closes_at, self.signed_at)]
        return [self.organisation_id, self.circle, str(self.begins_on), *times, self.signed_by_id]


class AccessDecision(Stamped):
    """What somebody has said of a role: which parts of it were taken away; none where it is still right."""

    stored_name = "desks.accessdecision"

    review = models.ForeignKey(AccessReview, models.PROTECT, related_name="decisions")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    taken = ArrayField(models.CharField(max_length=6, choices=AccessPart), default=list)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "person", "role"], name="desks_accessdecision_once"),
            models.CheckConstraint(condition=~Q(decided_by=F("person")), name="desks_accessdecision_not_own"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.person_id} {self.role}"

    @property
    def taken_in_words(self) -> list[str]:
        """What was taken away."""
        return [str(AccessPart(part).label) for part in self.taken]

    def stamped_values(self) -> list[object]:
        who = [self.review_id, self.person_id, self.role]
        return [*who, *self.taken, "", self.decided_by_id, iso(self.decided_at)]
