"""Two editors: both texts survive, whatever the second presses."""

from __future__ import annotations

import pytest

from desks.cases import child_record
from desks.cases.casework import IdentityBlock
from desks.cases.code_lists import Block, Source
from desks.cases.errors import CaseMoveNotPossible, NeedsWords
from desks.cases.models import Case
from desks.cases.states import BlockState
from tests.desks.cases.case_desks import CaseDesk
from victor.vault.errors import Unopenable

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def save(here: CaseDesk, case: Case, text: str, seen: int, block: Block = Block.SAFETY) -> IdentityBlock:
    return child_record.save_block(case, block, {"say": text}, source=Source.CHILD, seen=seen, by=here.anna.person)


def test_save_part_for_the_first_time_counts(here, case):
    assert save(here, case, "the library", 0).state == BlockState.SAVED


def test_save_part_that_was_seen_makes_the_next_version(here, case):
    save(here, case, "the library", 0)
    assert save(here, case, "the school", 1).number == 2


def test_save_part_that_was_not_seen_is_a_draft(here, case):
    save(here, case, "the library", 0)
    assert save(here, case, "the school", 0).state == BlockState.DRAFT


def test_draft_changes_nothing_that_counts(here, case):
    save(here, case, "the library", 0)
    save(here, case, "the school", 0)
    assert child_record.current_number(case, Block.SAFETY) == 1


def test_use_draft_makes_it_count_and_keeps_the_first(here, case):
    first = save(here, case, "the library", 0)
    draft = child_record.use_draft(save(here, case, "the school", 0), by=here.ben.person)
    assert draft.state == BlockState.SAVED
    assert draft.number == 2
    assert IdentityBlock.objects.filter(pk=first.pk, state=BlockState.SAVED).exists()


def test_set_draft_aside_keeps_it(here, case):
    save(here, case, "the library", 0)
    draft = child_record.set_draft_aside(save(here, case, "the school", 0), by=here.ben.person)
    assert IdentityBlock.objects.get(pk=draft.pk).state == BlockState.SET_ASIDE


def test_choose_twice_is_refused(here, case):
    save(here, case, "the library", 0)
    draft = save(here, case, "the school", 0)
    child_record.use_draft(draft, by=here.ben.person)
    with pytest.raises(CaseMoveNotPossible):
        child_record.set_draft_aside(draft, by=here.anna.person)


def test_save_part_without_words_is_refused(here, case):
    with pytest.raises(NeedsWords):
        save(here, case, "", 0)


def test_draft_that_was_made_to_count_in_the_database_is_not_used(here, case):
    save(here, case, "the library", 0)
    draft = save(here, case, "the school", 0)
    IdentityBlock.objects.filter(pk=draft.pk).update(author=here.ben.person)
    with pytest.raises(Unopenable):
        child_record.use_draft(draft, by=here.ben.person)
