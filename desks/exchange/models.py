"""Who may export what, and what was asked for, by whom, with whose agreement. No file is kept."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed, iso
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import CasePurpose
from desks.desk.models import Desk
from desks.exchange.querysets import DataExportQuerySet, ExportRightQuerySet
from desks.exchange.states import FORMS_OF, NETWORK_KINDS, ExportKind, ExportReason, ExportState, FileForm
from partners.memberships.models import Membership
from victor.vault.keys.models import Stamped

PERSON = settings.AUTH_USER_MODEL
VALIDITY = timedelta(hours=24)


class ExportRight(models.Model):
    """Somebody may ask for exports of a kind. The right ends with their role. Nobody gives it to themselves."""

    stored_name = "desks.exportright"

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="export_rights")
    kind = models.CharField(max_length=10, choices=ExportKind)
    given_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    objects = ExportRightQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["membership", "kind"], name="desks_exportright_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.kind}"


class DataExport(Stamped):
    """Somebody asks for a file that leaves: of a desk, or of all desks. Another person agrees, for a day.

    `content`: the rows for the collaborative as they were counted once, encrypted; empty for the rest, which is made
    when it is taken.
    """

    stored_name = "desks.dataexport"

    kind = models.CharField(max_length=10, choices=ExportKind)
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="exports")
    year = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=10, choices=ExportReason)
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.ASKED)
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    content = models.TextField(blank=True)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ExportState.APPROVED) | Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")),
                name="desks_dataexport_two_people",
            ),
            models.CheckConstraint(
                condition=Q(desk=None, kind__in=sorted(NETWORK_KINDS))
                | Q(desk__isnull=False) & ~Q(kind__in=sorted(NETWORK_KINDS)),
                name="desks_dataexport_of_whom",
            ),
            models.CheckConstraint(
                condition=Q(kind=ExportKind.CASES, year=None) | ~Q(kind=ExportKind.CASES) & Q(year__isnull=False),
                name="desks_dataexport_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it can be taken now: somebody has agreed, less than a day ago."""
        if self.state != ExportState.APPROVED or self.decided_at is None:
            return False
        return timezone.now() < self.decided_at + VALIDITY

    @property
    def forms(self) -> tuple[FileForm, ...]:
        """The forms in which it can be taken."""
        return FORMS_OF[self.kind]

    def stamped_values(self) -> list[object]:
        what = [self.kind, self.desk_id, self.year, self.why, self.state, self.content]
        return [*what, self.asked_by_id, iso(self.asked_at), self.decided_by_id, iso(self.decided_at)]


class ExportedCase(Sealed):
    """A case that somebody asks to export. The words why are sealed in its own record, and end with it."""

    stored_name = "desks.exportedcase"

    export = models.ForeignKey(DataExport, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.CASCADE, related_name="exports")

    class Meta:
        ordering = ["case__reference"]
        constraints = [models.UniqueConstraint(fields=["export", "case"], name="desks_exportedcase_once")]

    def __str__(self) -> str:
        return f"{self.export_id} {self.case_id}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.export_id]


class HtcdsExtra(Sealed):
    """What came with a file and VICTOR does not model. It is never shown, searched or shared.

    It leaves with an export of the case as it came, and goes with the case.
    """

    stored_name = "desks.htcdsextra"

    case = models.OneToOneField(Case, models.CASCADE, related_name="htcds_extra")

    def __str__(self) -> str:
        return f"{self.case_id}"


add_purpose(ExportedCase, CasePurpose.EXPORT)
add_purpose(HtcdsExtra, CasePurpose.HTCDS_EXTRA)
declare_plain("desks.htcdsextra", WRITTEN)
declare_plain("desks.exportedcase", {**WRITTEN, "export": "leads to the request: who asked and who agreed"})
