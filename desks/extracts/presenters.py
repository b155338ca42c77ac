"""What pages show of extracts and notices of privacy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from desks.cases.case_page import Reading, Written
from desks.extracts.extract_parts import titles_of
from desks.extracts.models import Extract, NoticeGiven
from desks.extracts.states import Audience

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desks.cases.sections import CaseReader


@dataclass(frozen=True)
class ShownExtract:
    """A copy that was printed, with the reason and the receiver's name."""

    row: Extract
    words: Written | None
    titles: Sequence[str]
    to: str
    reason: str


@dataclass(frozen=True)
class ShownNotice:
    """A notice that was given, and to whom."""

    row: NoticeGiven
    words: Written | None
    to: str


@dataclass(frozen=True)
class ExtractsOfCase:
    """The section of a case's page."""

    extracts: Sequence[ShownExtract]
    notices: Sequence[ShownNotice]
    audiences: Sequence[Audience]
    languages: Sequence[tuple[str, str]]


def extracts_of_case(reader: CaseReader) -> ExtractsOfCase:
    """What was printed and which notices were given, the newest first."""
    extracts = list(Extract.objects.filter(case=reader.case).select_related("author", "envelope__key"))
    notices = list(NoticeGiven.objects.filter(case=reader.case).select_related("author", "envelope__key"))
    reading = Reading(reader, [*extracts, *notices])
    return ExtractsOfCase(
        extracts=[_extract(row, reading.of(row)) for row in extracts],
        notices=[ShownNotice(row, words, _word(words, "to")) for row in notices for words in [reading.of(row)]],
        audiences=list(Audience),
        languages=list(settings.CONTENT_LANGUAGES),
    )


def _extract(row: Extract, words: Written | None) -> ShownExtract:
    return ShownExtract(row, words, titles_of(row.parts), _word(words, "to"), _word(words, "reason"))


def _word(words: Written | None, name: str) -> str:
    return str(words.content.get(name, "")) if words else ""
