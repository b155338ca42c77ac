"""What is printed of a case for whom, with a row that says why; which notice was given to whom."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases.child_record import save_block
from desks.cases.code_lists import Block, Source
from desks.cases.envelopes import read_words
from desks.cases.errors import InTheFuture, NeedsWords
from desks.cases.models import Case, TimelineEntry, today
from desks.extracts import actions
from desks.extracts.errors import NotForReceiver, NothingWritten, RevealingWords
from desks.extracts.models import Extract, NoticeGiven
from desks.extracts.states import DISCREET, OFFICIAL, Audience, NoticeWay, Receiver
from tests.desks.cases.case_desks import NAME, CaseDesk
from tests.desks.extracts.extract_cases import WRITTEN, wanted, written_case
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.placements.placement_desks import WORDS
from tests.vault.people import open_vault
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
GIVEN = {"language": "ro", "how": NoticeWay.READ_OUT}


@pytest.fixture
def case(here) -> Case:
    return written_case(here)


def values(here: CaseDesk, case: Case, receiver: Receiver) -> set[str]:
    """What stands on a paper with all that a receiver may get."""
    parts = actions.read_extract(case, wanted(receiver), by=here.anna)
    return {value for part in parts for _label, value in part.lines}


@pytest.mark.parametrize("receiver", sorted(DISCREET))
def test_extract_of_daily_life_holds_neither_the_rule_of_contact_nor_the_status(here, case, receiver):
    shown = values(here, case, receiver)
    assert {*NAME.values(), "Penicillin allergy", WORDS["address"]} <= shown
    assert shown & {"The mother", "Not assessed yet", WORDS["leaving_signs"], WORDS["description"]} == set()


@pytest.mark.parametrize("receiver", sorted(OFFICIAL))
def test_extract_for_an_office_holds_both(here, case, receiver):
    assert {"The mother", "Not assessed yet"} <= values(here, case, receiver)


def test_extract_holds_only_the_parts_that_were_chosen(here, case):
    parts = actions.read_extract(case, wanted(parts=("health",)), by=here.anna)
    assert [part.name for part in parts] == ["health"]


@pytest.mark.parametrize("name", ["safety", "standing"])
def test_part_that_is_not_for_a_receiver_is_refused(here, case, name):
    with pytest.raises(NotForReceiver):
        actions.read_extract(case, wanted(parts=(name,)), by=here.anna)


def test_extract_of_nothing_is_refused(here):
    with pytest.raises(NothingWritten):
        actions.read_extract(here.case(), wanted(parts=("school",)), by=here.anna)


def reveal(here: CaseDesk, case: Case) -> None:
    """Somebody has written under health what happened."""
    words = {"health": "Жертва на трафик"}
    save_block(case, Block.HEALTH, words, source=Source.OWN, seen=1, by=here.anna.person)


def test_words_that_tell_what_happened_are_refused_for_daily_life(here, case):
    reveal(here, case)
    with pytest.raises(RevealingWords, match="Health and disability"):
        actions.print_extract(case, wanted(), by=here.anna)
    assert not Extract.objects.exists()


def test_words_that_tell_what_happened_go_to_an_authority(here, case):
    reveal(here, case)
    assert "Жертва на трафик" in values(here, case, Receiver.AUTHORITY)


def test_print_extract_counts_the_copies(here, case):
    numbers = [actions.print_extract(case, wanted(), by=who)[0].number for who in (here.anna, here.ben)]
    assert numbers == [1, 2]


def test_print_extract_is_logged_with_its_copy_and_without_a_word(here, case):
    actions.print_extract(case, wanted(parts=("health",), to="Dr Popa"), by=here.anna)
    details = json.loads(Entry.objects.get(action="case.extract_printed").details)
    assert details == {"copy": 1, "receiver": "school", "language": "en", "groups": "health"}
    assert TimelineEntry.objects.get(kind="extract").code == "school"


def test_print_extract_seals_reason_and_receiver(here, case):
    row, _paper = actions.print_extract(case, wanted(to="Dr Popa"), by=here.anna)
    assert read_words(case, [row], by=here.ben)[row.envelope_id] == {"reason": "Asked for", "to": "Dr Popa"}


def test_print_extract_without_a_reason_is_refused(here, case):
    with pytest.raises(NeedsWords):
        actions.print_extract(case, wanted(reason=" "), by=here.anna)


def test_print_extract_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        actions.print_extract(case, wanted(), by=open_vault(stranger()))


def test_each_part_is_read_as_it_was_written(here, case):
    for block, content in WRITTEN.items():
        receiver = Receiver.COURT
        (part,) = actions.read_extract(case, wanted(receiver, parts=(str(block),)), by=here.anna)
        assert [value for _label, value in part.lines] == list(content.values())


def test_give_notice_says_which_when_how_and_in_which_language(here, case):
    actions.give_notice(case, Audience.CHILD, given_on=today(), by=here.anna.person, **GIVEN)
    row = NoticeGiven.objects.get()
    assert row.audience == "child"
    assert row.language == "ro"
    assert row.how == "read_out"
    assert row.given_on == today()
    assert TimelineEntry.objects.get(kind="notice").code == "child"


def test_give_notice_seals_to_whom(here, case):
    row = actions.give_notice(case, Audience.ADULT, given_on=today(), to="The aunt", by=here.anna.person, **GIVEN)
    assert read_words(case, [row], by=here.ben)[row.envelope_id] == {"to": "The aunt"}


def test_give_notice_to_an_adult_who_is_not_named_is_refused(here, case):
    with pytest.raises(NeedsWords):
        actions.give_notice(case, Audience.THIRD, given_on=today(), by=here.anna.person, **GIVEN)


def test_give_notice_tomorrow_is_refused(here, case):
    with pytest.raises(InTheFuture):
        tomorrow = today() + timedelta(days=1)
        actions.give_notice(case, Audience.CHILD, given_on=tomorrow, by=here.anna.person, **GIVEN)


def test_give_notice_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        actions.give_notice(case, Audience.CHILD, given_on=today(), by=stranger(), **GIVEN)
