"""What pages show of the place where a child lives: decrypted where the vault is open, before anything renders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from desks.cases.case_page import Reading, Written
from desks.cases.clocks import due_in_words
from desks.cases.states import BlockState
from desks.placements.clocks import CHECK_IN
from desks.placements.models import CheckIn, MissingReport, MissingStep, Placement, PlacementText
from desks.placements.place_words import MISSING_WORDS, PLACE_WORDS, named_words
from desks.placements.states import EARLY, CheckInState, MissingState
from partners.help_lines.models import HelpLine
from partners.help_lines.presenters import lines_to_call_first
from partners.help_lines.states import Purpose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from desks.cases.sections import CaseReader
    from partners.directory.models import Country

# Whom to call when a child is missing, the first first.
CALL_PURPOSES = (Purpose.POLICE, Purpose.MISSING_CHILDREN)


@dataclass(frozen=True)
class ShownText:
    """A version of what is written of a place, each thing with its label."""

    row: PlacementText
    words: Written | None
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ShownLook:
    """A check-in with its words."""

    row: CheckIn
    words: Written | None


@dataclass
class ShownPlace:
    """A place: what is written of it, texts that wait for a choice, and its check-ins."""

    row: Placement
    text: ShownText | None = None
    seconds: list[ShownText] = field(default_factory=list)
    looks: list[ShownLook] = field(default_factory=list)
    due: CheckIn | None = None
    due_words: str = ""
    is_late: bool = False
    may_check: bool = False

    @property
    def lacks_description(self) -> bool:
        """Whether a missing report could not be made from what is written."""
        words = self.text.words if self.text else None
        if words is None:
            return True
        return not words.is_locked and not words.is_damaged and not words.content.get("description")


@dataclass(frozen=True)
class ShownStep:
    """Who was told of a missing child, with the words."""

    row: MissingStep
    words: Written | None
    number: str


@dataclass(frozen=True)
class ShownMissing:
    """A time at which the child was missing."""

    row: MissingReport
    words: Written | None
    lines: Sequence[tuple[str, str]]
    steps: Sequence[ShownStep]

    @property
    def is_running(self) -> bool:
        """Whether the child is not back."""
        return self.row.state != MissingState.RETURNED


@dataclass(frozen=True)
class CallFirst:
    """A number to call, and whose it is."""

    name: str
    number: str
    tel: str


@dataclass(frozen=True)
class PlacesOfCase:
    """The section of a case's page."""

    current: ShownPlace | None
    earlier: Sequence[ShownPlace]
    missing: Sequence[ShownMissing]
    call_first: Sequence[CallFirst]

    @property
    def running(self) -> ShownMissing | None:
        """The report of a child who is not back."""
        return next((shown for shown in self.missing if shown.is_running), None)

    @property
    def ended(self) -> list[ShownMissing]:
        """Earlier times at which the child was missing."""
        return [shown for shown in self.missing if not shown.is_running]


def places_of_case(reader: CaseReader) -> PlacesOfCase:
    """Where the child lives and lived, the newest first; and, where the child is missing, whom to call."""
    case, now = reader.case, timezone.now()
    places = list(Placement.objects.filter(case=case))
    texts = list(_with_words(PlacementText.objects.filter(placement__in=places)))
    looks = list(_with_words(CheckIn.objects.filter(placement__in=places)))
    reports = list(_with_words(MissingReport.objects.filter(case=case)))
    steps = list(_with_words(MissingStep.objects.filter(report__in=reports)))
    reading = Reading(reader, [*texts, *looks, *reports, *steps])
    shown = [_place(place, texts, looks, reading, now) for place in places]
    missing = [_missing(report, steps, reading) for report in reports]
    return PlacesOfCase(
        current=next((place for place in shown if place.row.until is None), None),
        earlier=[place for place in shown if place.row.until is not None],
        missing=missing,
        call_first=lines_to_call(case.desk.country) if any(report.is_running for report in missing) else [],
    )


def lines_to_call(country: Country) -> list[CallFirst]:
    """Whom to call when a child is missing: the emergency number, then the lines of the country that are published."""
    lines = HelpLine.objects.published().filter(country=country, purpose__in=CALL_PURPOSES).for_listing()
    return [
        CallFirst(str(line.get_purpose_display()), line.number, line.tel)
        for line in [*lines_to_call_first(country.pk), *lines]
    ]


def current_text(reader: CaseReader, place: Placement) -> tuple[int, Written | None]:
    """The number of the version that counts, and its words."""
    row = _with_words(PlacementText.objects.saved().filter(placement=place)).first()
    return (row.number, Reading(reader, [row]).of(row)) if row else (0, None)


def _with_words(rows: QuerySet) -> QuerySet:
    return rows.select_related("author", "envelope__key")


def _place(
    place: Placement, texts: list[PlacementText], looks: list[CheckIn], reading: Reading, now: datetime
) -> ShownPlace:
    shown = ShownPlace(place)
    own = [text for text in texts if text.placement_id == place.pk]
    saved = [text for text in own if text.state == BlockState.SAVED]
    shown.text = _text(saved[-1], reading) if saved else None
    shown.seconds = [_text(text, reading) for text in own if text.state == BlockState.DRAFT]
    for look in (look for look in looks if look.placement_id == place.pk):
        if look.state == CheckInState.DUE:
            shown.due, shown.due_words = look, due_in_words(CHECK_IN, look.due_at, now)
            shown.is_late, shown.may_check = look.due_at <= now, now >= look.due_at - EARLY
        else:
            shown.looks.append(ShownLook(look, reading.of(look)))
    return shown


def _text(row: PlacementText, reading: Reading) -> ShownText:
    words = reading.of(row)
    return ShownText(row, words, named_words(PLACE_WORDS, words.content) if words else [])


def _missing(report: MissingReport, steps: list[MissingStep], reading: Reading) -> ShownMissing:
    words = reading.of(report)
    own = [_step(step, reading) for step in steps if step.report_id == report.pk]
    return ShownMissing(report, words, named_words(MISSING_WORDS, words.content) if words else [], own)


def _step(row: MissingStep, reading: Reading) -> ShownStep:
    words = reading.of(row)
    return ShownStep(row, words, str(words.content.get("number", "")) if words else "")
