"""A child with a case is found before a second one opens: here with reasons, elsewhere only by the desk's name."""

from __future__ import annotations

import pytest

from desks.cases import child_record, restrictions
from desks.cases.candidates import SearchResult, search_child
from desks.cases.code_lists import Block, Source
from desks.cases.models import Case
from desks.cases.states import EntryKind
from desks.duplicates.models import BlindToken
from tests.desks.cases.case_desks import CaseDesk

pytestmark = pytest.mark.django_db
KNOWN = {"given": "Γιώργος", "family": "Χατζής", "birth_year": 2012}
TYPED = {"given": "Hatzis", "family": "Georgi", "birth_year": "2013"}


@pytest.fixture
def here() -> CaseDesk:
    return CaseDesk("athens")


def opened(place: CaseDesk, **child: object) -> Case:
    """A case whose child is known by this."""
    return place.case(child={Block.IDENTITY: KNOWN | child})


def search(place: CaseDesk, **typed: str) -> SearchResult:
    return search_child(place.desk, TYPED | typed, by=place.ben.person)


def test_search_names_the_case_with_reasons(here):
    case = opened(here)
    [candidate] = search(here).candidates
    assert candidate.case == case
    assert candidate.reasons == "name sounds alike · born a year apart"


def test_search_by_an_age_finds_the_year(here):
    opened(here, birth_year=None, age=14)
    assert len(search(here, birth_year="", age="15").candidates) == 1


def test_search_by_a_telephone_number_of_another_part_finds_the_case(here):
    case = opened(here)
    content = {"phones": "aunt: +30 210 765 4321"}
    child_record.save_block(case, Block.CONTACT, content, source=Source.CHILD, seen=0, by=here.anna.person)
    assert len(search(here, given="", family="", birth_year="", phones="210 7654321").candidates) == 1
    assert len(search(here).candidates) == 1


def test_search_after_a_change_of_the_name_finds_the_new_one(here):
    case = opened(here)
    content = {"given": "Maria", "family": "Popa"}
    child_record.save_block(case, Block.IDENTITY, content, source=Source.CHILD, seen=1, by=here.anna.person)
    assert search(here).candidates == []
    assert len(search(here, given="Мария", family="Попа").candidates) == 1


def test_search_while_two_texts_wait_for_a_choice_finds_both(here):
    case = opened(here)
    content = {"given": "Maria", "family": "Popa", "birth_year": 2012}
    child_record.save_block(case, Block.IDENTITY, content, source=Source.CHILD, seen=0, by=here.anna.person)
    assert len(search(here).candidates) == 1
    assert len(search(here, given="Мария", family="Попа").candidates) == 1


def test_search_elsewhere_names_the_desk_and_nothing_else(here):
    case = opened(CaseDesk("sofia"))
    result = search(here, elsewhere="vital")
    assert result.candidates == []
    assert result.notices[0] == "Another desk may know this child. Contact: Sofia"
    assert "Asked today: 1 of 20." in result.notices[1]
    assert case.reference not in " ".join(result.notices)


def test_search_elsewhere_is_only_made_where_somebody_says_why(here):
    opened(CaseDesk("sofia"))
    assert search(here).notices == []


def test_search_for_a_restricted_case_answers_as_for_another_desk(here):
    case = opened(here)
    restrictions.restrict_case(case, [here.chief.person, here.boss.person], by=here.chief)
    result = search(here)
    assert result.candidates == []
    assert result.notices == ["Your own desk may know this child. Ask a supervisor before you go on."]
    assert case.timeline.filter(kind=EntryKind.SEARCHED).exists()


def test_search_by_somebody_named_in_a_restricted_case_finds_it(here):
    case = opened(here)
    restrictions.restrict_case(case, [here.chief.person, here.boss.person], by=here.chief)
    result = search_child(here.desk, TYPED, by=here.chief.person)
    assert [candidate.case for candidate in result.candidates] == [case]


def test_search_for_nothing_says_what_to_enter(here):
    result = search(here, given="", family="", birth_year="")
    assert result.notices == ["Enter a name, a telephone number or a document number."]


def test_open_case_without_a_name_stores_no_token(here):
    here.case(child={})
    assert not BlindToken.objects.exists()
