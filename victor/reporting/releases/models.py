"""Releases: figures as they were counted for the public or for the funder. What went out is never edited."""

from __future__ import annotations

import json
from typing import cast

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from victor.audit.triggers import Guard
from victor.indicators.periods import HalfYear
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.reporting.releases.querysets import ReleaseQuerySet
from victor.reporting.releases.states import ReleaseKind, ReleaseState

PERSON = settings.AUTH_USER_MODEL
NOT_A_DRAFT = ~Q(state=ReleaseState.DRAFT)
IS_APPROVED = Q(state__in=[ReleaseState.APPROVED, ReleaseState.PUBLISHED, ReleaseState.CORRECTED])
IS_FROZEN = """
IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'reporting: a release is never deleted';
    END IF;
    RETURN OLD;
END IF;
IF NEW.state <> 'draft' AND NEW.sha256 <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'reporting: the digest is not that of the figures';
END IF;
IF OLD.state = 'draft' THEN
    RETURN NEW;
END IF;
IF (NEW.number, NEW.correction, NEW.kind, NEW.half_years, NEW.left_out, NEW.made_by_id, NEW.corrects_id, NEW.reason)
    IS DISTINCT FROM
   (OLD.number, OLD.correction, OLD.kind, OLD.half_years, OLD.left_out, OLD.made_by_id, OLD.corrects_id, OLD.reason)
THEN
    RAISE EXCEPTION 'reporting: a release is never edited';
END IF;
IF OLD.state = 'checked' AND NEW.state = 'draft' THEN
    RETURN NEW;
END IF;
IF (NEW.content, NEW.sha256, NEW.counted_at) IS DISTINCT FROM (OLD.content, OLD.sha256, OLD.counted_at) THEN
    RAISE EXCEPTION 'reporting: a release is never edited';
END IF;
IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN
    (('checked', 'approved'), ('approved', 'published'), ('published', 'corrected'))
THEN
    RAISE EXCEPTION 'reporting: a release does not go back';
END IF;
IF OLD.state <> 'checked'
    AND (NEW.approved_by_id, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_at)
THEN
    RAISE EXCEPTION 'reporting: an approval is never edited';
END IF;
RETURN NEW;
"""


class Release(models.Model):
    """The figures of half-years, frozen as canonical JSON, with what is not shown and what is missing.

    `correction` counts the corrections of a number: release 4.1 `corrects` release 4, and `reason` says what and why.
    `audit` is what the check found. `left_out` names figures that were left out, as they would reveal others.
    """

    stored_name = "reporting.release"

    number = models.PositiveSmallIntegerField(pgettext_lazy("of a release", "number"))
    correction = models.PositiveSmallIntegerField(_("correction"), default=0)
    kind = models.CharField(_("kind"), max_length=6, choices=ReleaseKind)
    half_years = ArrayField(models.CharField(max_length=6), verbose_name=_("half-years"))
    left_out = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    state = models.CharField(_("status"), max_length=9, choices=ReleaseState, default=ReleaseState.DRAFT)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = models.CharField(_("what was corrected, and why"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    content = models.TextField(default="")
    sha256 = models.CharField(max_length=64, default="")
    audit = models.JSONField(null=True)
    counted_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("made by"))
    begun_at = models.DateTimeField(default=timezone.now)
    returned = models.CharField(max_length=300, blank=True)
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by"))
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release of figures")
        verbose_name_plural = _("releases of figures")
        triggers = [
            NOTIFY_PAGE_CACHE,
            Guard(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete, func=IS_FROZEN),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number", "correction"], name="reporting_release_once"),
            models.CheckConstraint(condition=~Q(approved_by=F("made_by")), name="reporting_release_four_eyes"),
            models.CheckConstraint(
                condition=Q(IS_APPROVED, approved_by__isnull=False, approved_at__isnull=False)
                | Q(~IS_APPROVED, approved_by=None, approved_at=None),
                name="reporting_release_approved",
            ),
            models.CheckConstraint(
                condition=~NOT_A_DRAFT | Q(counted_at__isnull=False) & ~Q(content="") & ~Q(sha256=""),
                name="reporting_release_counted",
            ),
            models.CheckConstraint(
                condition=Q(correction=0, corrects=None, reason="")
                | Q(correction__gt=0, corrects__isnull=False) & ~Q(reason=""),
                name="reporting_release_corrects",
            ),
            models.CheckConstraint(condition=Q(half_years__len__gt=0), name="reporting_release_half_years"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("reporting:release", args=[self.pk])

    @property
    def label(self) -> str:
        """Its number as people write it: 4, or 4.1 for the first correction."""
        return f"{self.number}.{self.correction}" if self.correction else str(self.number)

    @property
    def periods(self) -> list[HalfYear]:
        """Its half-years, the earliest first."""
        return sorted(HalfYear(int(key[:4]), int(key[5:])) for key in self.half_years)

    @property
    def is_being_made(self) -> bool:
        """Whether the worker has yet to finish it."""
        return self.state == ReleaseState.DRAFT and self.counted_at is None

    def frozen(self, part: str) -> list[dict]:
        """Its `figures` or its `sections`, as `contents.py` has written them; none while it is being made."""
        return cast("list[dict]", json.loads(self.content)[part]) if self.content else []
