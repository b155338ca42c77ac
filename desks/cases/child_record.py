"""The child's record, part by part. Who saves over what they have not seen writes a draft, and then chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.casework import IdentityBlock
from desks.cases.code_lists import Block, Source
from desks.cases.errors import NeedsWords
from desks.cases.known_children import remember_child
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.states import BlockState, CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.cases.models import Case


def current_number(case: Case, block: Block) -> int:
    """Which version of a part counts; 0 where nothing is written yet."""
    saved = IdentityBlock.objects.filter(case=case, block=block, state=BlockState.SAVED)
    return saved.order_by("-number").values_list("number", flat=True).first() or 0


@transaction.atomic
def save_block(
    case: Case, block: Block, content: Mapping[str, object], *, source: Source, seen: int, by: Actor
) -> IdentityBlock:
    """Save a part of the child's record. `seen` is the version that the page showed when the writing began.

    Where another version counts by now, this one is kept as a draft: nothing that was typed is lost, and nothing that
    somebody else has saved is written over.

    Raises:
        NeedsWords: nothing is written.
    """
    case = lock_running_case(case, by=by)
    if not any(content.values()):
        raise NeedsWords
    current = current_number(case, block)
    state = BlockState.SAVED if seen == current else BlockState.DRAFT
    envelope = seal_words(case, content, CasePurpose.BLOCK, by=by)
    row = IdentityBlock(case=case, block=block, number=current + 1, state=state, source=source, envelope=envelope)
    row.author = account_of(by)
    save_stamped(row)
    remember_child(case, block, content, by=by, is_second_text=state == BlockState.DRAFT)
    if state == BlockState.SAVED:
        save_case(case)
        add_entry(case, EntryKind.CHILD, by=by, code=block)
    record("case.child_changed", case, by=by, block=str(block), state=str(state))
    return row


@transaction.atomic
def use_draft(draft: IdentityBlock, *, by: Actor) -> IdentityBlock:
    """Of two texts the second one counts. The first stays among the earlier versions.

    Raises:
        CaseMoveNotPossible: somebody has chosen already.
    """
    case = lock_running_case(draft.case, by=by)
    draft = lock_row(draft, case, BlockState.DRAFT)
    draft.number, draft.state = current_number(case, Block(draft.block)) + 1, BlockState.SAVED
    update_stamped(draft, "number", "state")
    save_case(case)
    add_entry(case, EntryKind.CHILD, by=by, code=draft.block)
    record("case.child_changed", case, by=by, block=draft.block, state=str(draft.state))
    return draft


@transaction.atomic
def set_draft_aside(draft: IdentityBlock, *, by: Actor) -> IdentityBlock:
    """Of two texts the one that was saved first counts. The draft is kept, and no longer asks for a choice.

    Raises:
        CaseMoveNotPossible: somebody has chosen already.
    """
    case = lock_running_case(draft.case, by=by)
    draft = lock_row(draft, case, BlockState.DRAFT)
    draft.state = BlockState.SET_ASIDE
    update_stamped(draft, "state")
    record("case.draft_set_aside", case, by=by, block=draft.block)
    return draft
