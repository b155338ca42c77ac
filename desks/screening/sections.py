"""The section "Screening" of a case: finished versions, and one's own drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import pgettext_lazy

from desks.cases.sections import CaseReader, CaseSection, add_case_section
from desks.screening.presenters import FinishedScreening, StatusAsk, status_ask

if TYPE_CHECKING:
    from desks.screening.models import Screening

RANK = 30


class Screenings(NamedTuple):
    """What the section shows."""

    newest: FinishedScreening | None
    earlier: list[Screening]
    drafts: list[Screening]
    ask: StatusAsk | None


def load_screenings(reader: CaseReader) -> Screenings:
    """The screenings of a case: the newest as it is read, the others by their day and author."""
    done = list(reader.case.screenings.done().select_related("author", "envelope__key"))
    drafts = list(reader.case.screenings.drafts_of(reader.user))
    newest = FinishedScreening(reader, done[0]) if done else None
    return Screenings(newest, done[1:], drafts, status_ask(reader, done[0] if done else None))


add_case_section(
    CaseSection(
        name="screening",
        title=pgettext_lazy("section of a case", "Screening"),
        rank=RANK,
        template="desks/screening/_section.html",
        load=load_screenings,
    )
)
