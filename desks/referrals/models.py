"""A referral: its course in codes, which both desks see, and what is shared, encrypted under a key of its own.

What the receiver's people write is encrypted a second time, under a key that stays with them when the access ends.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.code_lists import AgeBand
from desks.cases.models import Case, iso
from desks.cases.plain import declare_plain
from desks.desk.models import Desk
from desks.desk.states import Service
from desks.referrals.code_lists import (
    CoarseForm,
    FieldGroup,
    SharingPurpose,
)
from desks.referrals.plain import REASONS
from desks.referrals.querysets import ReferralQuerySet
from desks.referrals.states import (
    OPEN,
    READABLE,
    REPORTER_DECLINES,
    SHARED,
    STATES_OF_REPORTS,
    UNSENT,
    DeclineReason,
    ReferralKind,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Side,
    Urgency,
    WordsKind,
)
from desks.reports.models import Report
from victor.vault.keys.models import Key, Stamped
from victor.vault.records.models import Envelope, SealedFile

PERSON = settings.AUTH_USER_MODEL
OF_CASES = ("case", "receiver_case", "key", "receiver_key", "parent")  # columns that a report's hand-over leaves empty


class Referral(Stamped):
    """A desk asks another for help with a child. `desks/referrals/plain.py` says why each column is not encrypted.

    `case` is the sender's, `receiver_case` the receiver's own; neither desk sees the other's. `key` opens what is
    shared: the sender holds it, the receiver from accepting until the access ends. `receiver_key` opens what the
    receiver's people wrote. `parent`: the referral that this one brings up to date. `remaining`: how much of the time
    to answer was left when the receiver asked. `answered_in_time`: whether the receiver was fast enough.

    A desk may hand over a report of which there is no case yet. Then `report` is set and nothing is shared: there is no
    key, and what is asked for, the summary and the groups stay empty. The last move gives the report itself.
    """

    stored_name = "desks.referral"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    kind = models.CharField(max_length=11, choices=ReferralKind, default=ReferralKind.SERVICE)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="referrals")
    receiver_case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="received_referrals")
    from_desk = models.ForeignKey(Desk, models.PROTECT, related_name="sent_referrals", verbose_name=_("from desk"))
    to_desk = models.ForeignKey(Desk, models.PROTECT, related_name="received_referrals", verbose_name=_("to desk"))
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="hand_overs")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="updates")
    key = models.OneToOneField(Key, models.PROTECT, null=True, related_name="referral")
    receiver_key = models.OneToOneField(Key, models.PROTECT, null=True, related_name="own_words_of_referral")

    purpose = models.CharField(max_length=14, choices=SharingPurpose, blank=True)
    services = ArrayField(models.CharField(max_length=21, choices=Service), default=list)
    urgency = models.CharField(max_length=6, choices=Urgency, default=Urgency.NORMAL)
    groups = ArrayField(models.CharField(max_length=3, choices=FieldGroup), default=list)
    items = ArrayField(models.CharField(max_length=20), default=list)
    state = models.CharField(_("status"), max_length=16, choices=ReferralState, default=ReferralState.DRAFT)

    # What the receiver sees before accepting, as it was when the sender made it ready.
    age_band = models.CharField(max_length=7, choices=AgeBand, default=AgeBand.UNKNOWN)
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES, blank=True)
    form = models.CharField(max_length=7, choices=CoarseForm, blank=True)
    has_guardian = models.BooleanField(default=False)

    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    case_version = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    remaining = models.DurationField(null=True)
    answered_in_time = models.BooleanField(null=True)
    accepted_at = models.DateTimeField(null=True)
    feedback_on = models.DateField(null=True)
    expires_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(default=timezone.now)
    decline_reason = models.CharField(max_length=8, choices=DeclineReason, blank=True)
    outcome = models.CharField(max_length=17, choices=ReferralOutcome, blank=True)
    revoke_reason = models.CharField(max_length=17, choices=RevokeReason, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        indexes = [
            models.Index(fields=["to_desk", "state", "answer_by"], name="desks_referral_inbox"),
            models.Index(fields=["state", "answer_by"], name="desks_referral_answer"),
            models.Index(fields=["state", "expires_at"], name="desks_referral_expiry"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "to_desk", "purpose"],
                condition=Q(state__in=sorted(OPEN), parent=None) & ~Q(kind=ReferralKind.EMERGENCY),
                name="desks_referral_one_open",
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(state__in=sorted(OPEN)), name="desks_referral_report_once"
            ),
            models.CheckConstraint(condition=~Q(from_desk=F("to_desk")), name="desks_referral_elsewhere"),
            models.CheckConstraint(
                condition=Q(kind=ReferralKind.REPORT, report__isnull=False, **dict.fromkeys(OF_CASES))
                | ~Q(kind=ReferralKind.REPORT) & Q(report=None),
                name="desks_referral_report_or_case",
            ),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("author")), name="desks_referral_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNSENT | {ReferralState.WITHDRAWN}))
                | Q(sent_at__isnull=False, expires_at__isnull=False),
                name="desks_referral_sent_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(SHARED))
                | Q(accepted_at__isnull=False) & (Q(key__isnull=False) | Q(kind=ReferralKind.REPORT)),
                name="desks_referral_accepted_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def stamped_values(self) -> list[object]:
        codes = [self.kind, self.purpose, self.state, *self.groups, "", *self.items]
        desks = [self.case_id, self.receiver_case_id, self.from_desk_id, self.to_desk_id, self.parent_id]
        return [
            self.pk,
            self.key_id,
            self.receiver_key_id,
            *desks,
            *codes,
            self.author_id,
            self.approver_id,
            *self._times,
            *self._report,
        ]

    @property
    def _times(self) -> list[str]:
        return [iso(moment) for moment in (self.sent_at, self.accepted_at, self.expires_at)]

    @property
    def _report(self) -> list[object]:
        """The report, where one is handed over. Of all others the stamp is what it was before there were such."""
        return [self.report_id] if self.kind == ReferralKind.REPORT else []

    @property
    def state_words(self) -> str:
        """Where it stands, in words. People read of a report that it is handed over, not that it is referred."""
        if self.kind != ReferralKind.REPORT:
            return str(ReferralState(self.state).label)
        if self.revoke_reason == RevokeReason.CONSENT_WITHDRAWN:
            return str(REPORTER_DECLINES)
        return str(STATES_OF_REPORTS.get(ReferralState(self.state), ""))

    @property
    def is_abroad(self) -> bool:
        """Whether it leaves the country."""
        return self.from_desk.country_id != self.to_desk.country_id

    @property
    def is_shared(self) -> bool:
        """Whether the receiver reads it now: accepted, its day has not come, and there is something to read.

        The key decides in the end.
        """
        has_ended = self.expires_at is None or self.expires_at <= timezone.now()
        return self.key_id is not None and self.state in READABLE and not has_ended

    def side_of(self, desk: Desk) -> Side:
        """On which side a desk stands."""
        return Side.SENDER if desk.pk == self.from_desk_id else Side.RECEIVER


class SharedGroup(Stamped):
    """What a group of the record said at a moment, under the key of the referral."""

    stored_name = "desks.sharedgroup"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="shared_groups")
    group = models.CharField(max_length=3, choices=FieldGroup)
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    snapshot_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["referral", "group"], name="desks_sharedgroup_once")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.group}"

    def stamped_values(self) -> list[object]:
        return [self.referral_id, self.group, self.envelope_id, iso(self.snapshot_at)]


class SharedDocument(Stamped):
    """A copy of a paper, under the key of the referral."""

    stored_name = "desks.shareddocument"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="shared_documents")
    number = models.PositiveSmallIntegerField()
    file = models.OneToOneField(SealedFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="desks_shareddocument_once")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.number}"

    def stamped_values(self) -> list[object]:
        return [self.referral_id, self.number, self.file_id]


class ReferralWords(Stamped):
    """Words of a desk: under the key of the referral, and where the receiver may keep them under theirs.

    A draft's letter is under the key of the sender's case, until the referral is made ready.
    """

    stored_name = "desks.referralwords"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="words")
    kind = models.CharField(max_length=8, choices=WordsKind)
    side = models.CharField(max_length=8, choices=Side)
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")
    receiver_copy = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.kind}"

    def stamped_values(self) -> list[object]:
        own = [self.kind, self.side, self.envelope_id, self.receiver_copy_id, self.author_id, iso(self.made_at)]
        return [self.referral_id, *own]


class ReferralReminder(models.Model):
    """That both desks were told of the end of the access, so many days before it: once each."""

    stored_name = "desks.referralreminder"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "days"], name="desks_referralreminder_once")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.days}"


for name, reasons in REASONS.items():
    declare_plain(name, reasons)
