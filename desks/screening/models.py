"""A screening of a child: what somebody noticed, and what follows. The answers are in an envelope of the case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from desks.cases.models import Case, Sealed, iso
from desks.cases.plain import WRITTEN, declare_plain
from desks.screening.querysets import ScreeningQuerySet
from desks.screening.states import Answer, ScreeningOrigin, ScreeningState, TriageLevel
from victor.vault.records.models import SealedFile


class Screening(Sealed):
    """A draft of its author, or a finished version, which nobody changes any more.

    `version` counts the savings of a draft, so that two open pages do not write over each other. The numbers of signs
    and the elements are for gates and figures; no page shows them as a sum. `sheet`: a copy of the paper it came from.
    """

    stored_name = "desks.screening"

    case = models.ForeignKey(Case, models.CASCADE, related_name="screenings")
    state = models.CharField(max_length=5, choices=ScreeningState, default=ScreeningState.DRAFT)
    origin = models.CharField(max_length=5, choices=ScreeningOrigin, default=ScreeningOrigin.OWN)
    number = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    strong = models.PositiveSmallIntegerField(default=0)
    medium = models.PositiveSmallIntegerField(default=0)
    weak = models.PositiveSmallIntegerField(default=0)
    act = models.CharField(max_length=9, choices=Answer, default=Answer.NOT_ASKED)
    means = models.CharField(max_length=9, choices=Answer, default=Answer.NOT_ASKED)
    purpose = models.CharField(max_length=9, choices=Answer, default=Answer.NOT_ASKED)
    indication = models.CharField(max_length=9, choices=Answer, default=Answer.NOT_ASKED)
    level = models.CharField(max_length=16, choices=TriageLevel, default=TriageLevel.NO_SIGN)
    is_lowered = models.BooleanField(default=False)
    sheet = models.OneToOneField(SealedFile, models.PROTECT, null=True, related_name="+")

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="desks_screening_once"),
            models.UniqueConstraint(
                fields=["case", "author", "origin"],
                condition=Q(state=ScreeningState.DRAFT),
                name="desks_screening_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=ScreeningState.DRAFT, number=None, done_at=None)
                | Q(state=ScreeningState.DONE, number__isnull=False, done_at__isnull=False),
                name="desks_screening_done_when",
            ),
            models.CheckConstraint(
                condition=Q(sheet=None) | Q(origin=ScreeningOrigin.PAPER), name="desks_screening_sheet_of_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number or '-'}"

    def stamped_values(self) -> list[object]:
        facts = [self.state, self.origin, self.number, self.version, iso(self.done_at), self.level, self.is_lowered]
        counts = [self.strong, self.medium, self.weak, self.act, self.means, self.purpose, self.indication]
        # Rows of before there were sheets keep their stamp.
        sheet = [self.sheet_id] if self.sheet_id else []
        return [*super().stamped_values(), *facts, *counts, *sheet]

    @property
    def is_draft(self) -> bool:
        """Whether its author still writes it."""
        return self.state == ScreeningState.DRAFT

    @property
    def points_to_victim(self) -> bool:
        """Whether a supervisor should decide about a presumed victim: by the level, or by act, means and purpose."""
        return self.level in {TriageLevel.DANGER, TriageLevel.REFER} or self.indication == Answer.YES


declare_plain(
    "desks.screening",
    {
        **WRITTEN,
        "state": "code; the gate of the assessment",
        "origin": "code; whether it came from paper",
        "number": "which version",
        "version": "a number that tells two open pages apart",
        "saved_at": "when the draft was saved",
        "done_at": "clock",
        "strong": "a number; figures of what professionals notice",
        "medium": "the same",
        "weak": "the same",
        "act": "code; figures",
        "means": "code; figures",
        "purpose": "code; figures",
        "indication": "code; figures",
        "level": "code; what waits",
        "is_lowered": "yes or no; supervision",
        "sheet": "leads to the sealed sheet",
    },
)
