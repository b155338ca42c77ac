"""Where a child lives is written down; each new place is watched for 72 hours. No vault need be open for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.errors import InTheFuture, NeedsWords
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.states import BlockState, CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from desks.placements.check_ins import drop_check_in, schedule_check_in
from desks.placements.errors import BeforeEarlierPlace, ChildIsMissing
from desks.placements.models import MissingReport, Placement, PlacementText
from desks.placements.states import WATCH, PlaceKind
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desks.cases.models import Case


@transaction.atomic
def place_child(case: Case, kind: PlaceKind, words: Mapping[str, object], *, since: datetime, by: Actor) -> Placement:
    """The child lives at a new place. The earlier place ends with it, and the 72-hour watch begins.

    Raises:
        InTheFuture: the child has not come yet.
        ChildIsMissing: the child is not back.
        BeforeEarlierPlace: the child came to the earlier place later.
    """
    case = lock_running_case(case, by=by)
    now = timezone.now()
    if since > now:
        raise InTheFuture
    if MissingReport.objects.running().filter(case=case).exists():
        raise ChildIsMissing
    earlier = lock_place(case)
    if earlier is not None and earlier.since > since:
        raise BeforeEarlierPlace
    if earlier is not None:
        end_place(earlier, since)
    place = Placement(case=case, kind=kind, since=since, watch_until=since + WATCH, author=account_of(by))
    save_stamped(place)
    if any(words.values()):
        _add_text(place, words, number=1, state=BlockState.SAVED, by=by)
    schedule_check_in(place, now)
    save_case(case)
    add_entry(case, EntryKind.PLACEMENT, by=by, code=kind)
    record("case.child_placed", case, by=by, kind=str(kind))
    return place


@transaction.atomic
def write_place(place: Placement, words: Mapping[str, object], *, seen: int, by: Actor) -> PlacementText:
    """Write what is known of a place. `seen` is the version that the page showed; 0 where it showed none.

    Where another version counts by now, this one is kept beside it as a second text: nothing that was typed is lost.

    Raises:
        NeedsWords: nothing is written.
    """
    case, place = _lock_place_of(place, by=by)
    if not any(words.values()):
        raise NeedsWords
    current = current_number(place)
    state = BlockState.SAVED if seen == current else BlockState.DRAFT
    text = _add_text(place, words, number=current + 1, state=state, by=by)
    save_case(case)
    record("case.place_written", case, by=by, state=str(state))
    return text


@transaction.atomic
def use_second_text(text: PlacementText, *, by: Actor) -> PlacementText:
    """Of two texts the second one counts. The first stays among the earlier versions.

    Raises:
        CaseMoveNotPossible: somebody has chosen already.
    """
    case, text = _lock_second(text, by=by)
    text.number, text.state = current_number(text.placement) + 1, BlockState.SAVED
    update_stamped(text, "number", "state")
    save_case(case)
    record("case.place_written", case, by=by, state=str(text.state))
    return text


@transaction.atomic
def set_second_text_aside(text: PlacementText, *, by: Actor) -> PlacementText:
    """Of two texts the one that was saved first counts. The second is kept, and no longer asks for a choice.

    Raises:
        CaseMoveNotPossible: somebody has chosen already.
    """
    case, text = _lock_second(text, by=by)
    text.state = BlockState.SET_ASIDE
    update_stamped(text, "state")
    record("case.draft_set_aside", case, by=by, block="place")
    return text


def current_number(place: Placement) -> int:
    """Which version of the words counts; 0 where nothing is written yet."""
    return place.texts.saved().values_list("number", flat=True).first() or 0


def lock_place(case: Case) -> Placement | None:
    """The place where the child of a locked case lives now."""
    place = Placement.objects.current().filter(case=case).select_for_update().first()
    return verify_stamp(place) if place else None


def end_place(place: Placement, until: datetime) -> None:
    """The child lives there no longer, and nobody looks for the child there."""
    place.until = until
    update_stamped(place, "until")
    drop_check_in(place)


def _add_text(
    place: Placement, words: Mapping[str, object], *, number: int, state: BlockState, by: Actor
) -> PlacementText:
    spoken = {name: value for name, value in words.items() if value}
    envelope = seal_words(place.case, spoken, CasePurpose.PLACEMENT, by=by)
    text = PlacementText(case=place.case, placement=place, number=number, state=state, envelope=envelope)
    text.author = account_of(by)
    save_stamped(text)
    return text


def _lock_place_of(place: Placement, *, by: Actor) -> tuple[Case, Placement]:
    case = lock_running_case(place.case, by=by)
    place = lock_row(place, case)
    place.case = case
    return case, place


def _lock_second(text: PlacementText, *, by: Actor) -> tuple[Case, PlacementText]:
    case = lock_running_case(text.case, by=by)
    return case, lock_row(text, case, BlockState.DRAFT)
