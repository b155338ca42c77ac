"""What was printed of a case for whom, and which notice of privacy was given to whom. Names and reasons are sealed."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desks.cases.envelopes import add_purpose
from desks.cases.models import Case, Sealed
from desks.cases.plain import WRITTEN, declare_plain
from desks.cases.states import CasePurpose
from desks.extracts.states import Audience, NoticeWay, Receiver
from victor.vault.records.models import Envelope


class Extract(Sealed):
    """An extract that was printed: for whom, in which language, which parts. The reason is sealed; no paper is kept.

    `number` counts the copies of a case: it stands in the watermark.
    """

    stored_name = "desks.extract"

    case = models.ForeignKey(Case, models.CASCADE, related_name="extracts")
    number = models.PositiveIntegerField()
    receiver = models.CharField(max_length=9, choices=Receiver)
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES)
    parts = ArrayField(models.CharField(max_length=20))

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="desks_extract_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.number, self.receiver, self.language, *self.parts]


class NoticeGiven(Sealed):
    """A notice of privacy was given: which one, when, how, in which language. To whom is sealed."""

    stored_name = "desks.noticegiven"

    case = models.ForeignKey(Case, models.CASCADE, related_name="notices_given")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")  # type: ignore[assignment]
    audience = models.CharField(max_length=5, choices=Audience)
    language = models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES)
    how = models.CharField(max_length=8, choices=NoticeWay)
    given_on = models.DateField()

    class Meta:
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.audience}"

    def stamped_values(self) -> list[object]:
        return [*super().stamped_values(), self.audience, self.language, self.how, self.given_on]


add_purpose(Extract, CasePurpose.EXTRACT)
add_purpose(NoticeGiven, CasePurpose.NOTICE)
declare_plain(
    "desks.extract",
    {
        **WRITTEN,
        "number": "which copy: it stands in the watermark and in the log",
        "receiver": "code; for whom it was printed",
        "language": "code; in which language",
        "parts": "codes; which parts were printed, and the numbers of notes and papers",
    },
)
declare_plain(
    "desks.noticegiven",
    {
        **WRITTEN,
        "audience": "code; which notice",
        "language": "code; in which language",
        "how": "code; printed or read out",
        "given_on": "the day on which it was given",
    },
)
