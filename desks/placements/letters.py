"""The missing report on paper, prepared from what was written, read with the open key of whoever prints it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from desks.cases.case_page import current_blocks, named_lines
from desks.cases.code_lists import Block
from desks.cases.envelopes import DAMAGED, read_words
from desks.notifications.pdf import LetterPart
from desks.placements.missing_reports import lock_missing
from desks.placements.models import PlacementText
from desks.placements.pdf import missing_report_pdf
from desks.placements.place_words import MISSING_WORDS, PLACE_WORDS, named_words
from victor.audit.actions import record
from victor.vault.errors import Unopenable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desks.cases.models import Case, Sealed
    from desks.placements.models import MissingReport
    from victor.vault.keys.keyring import UnlockedVault

# Of the place: what helps to find the child. What the child may be afraid of stays at the desk.
PRINTED_WORDS = tuple(word for word in PLACE_WORDS if word.name != "leaving_signs")


@dataclass(frozen=True)
class PaperWish:
    """What somebody wants on paper, for whom, in which language."""

    language: str
    authority: str
    identity: bool = False
    place: bool = False


def make_missing_report(report: MissingReport, wish: PaperWish, *, by: UnlockedVault) -> bytes:
    """Make the report on paper. It is handed to whoever asks, and kept nowhere.

    Raises:
        CaseMoveNotPossible: the child is back, or the desk no longer works on the case.
        NoGrant, Unopenable: the record cannot be read.
        NotPrintable: our fonts lack a sign of what was typed.
    """
    case, row, parts = _read_parts(report, wish, by=by)
    paper = missing_report_pdf(case, row, wish.authority, wish.language, parts)
    _note_paper(report, wish, by=by)
    return paper


@transaction.atomic
def _read_parts(
    report: MissingReport, wish: PaperWish, *, by: UnlockedVault
) -> tuple[Case, MissingReport, list[LetterPart]]:
    case, row = lock_missing(report, by=by.person)
    blocks = current_blocks(case, [Block.IDENTITY]) if wish.identity else []
    texts = list(PlacementText.objects.saved().filter(placement=row.placement_id)[:1]) if wish.place else []
    rows: Sequence[Sealed] = [*blocks, row, *texts]
    contents = read_words(case, rows, by=by)
    if DAMAGED in contents.values():
        raise Unopenable
    parts = [_identity_part(contents[block.envelope_id]) for block in blocks]
    if row.envelope_id is not None:
        parts.append(_missing_part(contents[row.envelope_id]))
    return case, row, parts + [_place_part(contents[text.envelope_id]) for text in texts]


def _identity_part(content: Mapping[str, object]) -> LetterPart:
    return LetterPart(lambda: str(Block.IDENTITY.label), partial(named_lines, Block.IDENTITY, content))


def _missing_part(content: Mapping[str, object]) -> LetterPart:
    return LetterPart(lambda: _("When the child was last seen"), partial(named_words, MISSING_WORDS, content))


def _place_part(content: Mapping[str, object]) -> LetterPart:
    return LetterPart(lambda: _("Place to live, and the description"), partial(named_words, PRINTED_WORDS, content))


@transaction.atomic
def _note_paper(report: MissingReport, wish: PaperWish, *, by: UnlockedVault) -> None:
    case, _row = lock_missing(report, by=by.person)
    groups = " ".join(name for name in ("identity", "place") if getattr(wish, name))
    record("case.missing_report_made", case, by=by.person, language=wish.language, groups=groups)
