"""The parts of an extract: a registry, which other slices join. Each part says who may get it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import current_blocks, named_lines
from desks.cases.code_lists import Block
from desks.cases.envelopes import DAMAGED, read_words
from desks.extracts.states import OFFICIAL, Receiver
from desks.placements.models import Placement, PlacementText
from desks.placements.place_words import PLACE_WORDS, named_words
from victor.vault.errors import Unopenable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.models import Case, Sealed
    from victor.vault.keys.keyring import UnlockedVault

Lines: TypeAlias = "Sequence[tuple[str, str]]"
# Labels and values, asked for only in the language of the paper.
MakeLines: TypeAlias = "Callable[[], Lines]"


@dataclass(frozen=True)
class ExtractPart:
    """A part: its name, its title, who may get it, and what reads it with an open vault."""

    name: str
    title: StrOrPromise
    receivers: frozenset[Receiver]
    read: Callable[[Case, UnlockedVault], MakeLines]


PARTS: dict[str, ExtractPart] = {}
EVERYBODY = frozenset(Receiver)
# Of the place where a child lives: what whoever helps the child needs.
OF_PLACE = tuple(word for word in PLACE_WORDS if word.name in {"address", "carers"})


def add_extract_part(part: ExtractPart) -> ExtractPart:
    """Offer a part for extracts."""
    PARTS[part.name] = part
    return part


def read_row(case: Case, row: Sealed | None, by: UnlockedVault) -> Mapping[str, object]:
    """The words of a row; none where there is no row.

    Raises:
        NoGrant, Unopenable: the record cannot be read, or was altered.
    """
    if row is None:
        return {}
    content = read_words(case, [row], by=by)[row.envelope_id]
    if content is DAMAGED:
        raise Unopenable
    return content


def _read_block(block: Block) -> Callable[[Case, UnlockedVault], MakeLines]:
    def read(case: Case, by: UnlockedVault) -> MakeLines:
        content = read_row(case, next(iter(current_blocks(case, [block])), None), by)
        return lambda: named_lines(block, content)

    return read


def _read_place(case: Case, by: UnlockedVault) -> MakeLines:
    place = Placement.objects.current().filter(case=case).first()
    text = PlacementText.objects.saved().filter(placement=place).first() if place else None
    content = read_row(case, text, by)

    def lines() -> Lines:
        kind = [(str(_("Where the child lives")), str(place.get_kind_display()))] if place else []
        return [*kind, *named_words(OF_PLACE, content)]

    return lines


def _read_standing(case: Case, by: UnlockedVault) -> MakeLines:
    """Where the case stands, in codes: no vault is asked, but the paper is made by somebody who has one."""
    return lambda: [
        (str(_("Age")), str(case.get_age_band_display())),
        (str(_("Without parent or guardian")), str(case.get_unaccompanied_display())),
        (str(_("Guardian")), str(case.get_guardian_state_display())),
        (str(_("Risk")), str(case.get_risk_display())),
        (str(_("Status")), str(case.get_victim_status_display())),
    ]


add_extract_part(ExtractPart("standing", _("Where the case stands"), OFFICIAL, _read_standing))
for block in Block:
    receivers = OFFICIAL if block == Block.SAFETY else EVERYBODY
    add_extract_part(ExtractPart(str(block), block.label, receivers, _read_block(block)))
add_extract_part(ExtractPart("place", _("Place to live"), EVERYBODY, _read_place))
