"""The search for staff finds a case by its reference; a restricted one is found by its people alone."""

from __future__ import annotations

import pytest

from desks.cases import restrictions
from tests.desks.cases.case_desks import NAME
from tests.desks.inbox.inbox_desks import stranger
from victor.accounts.models import User
from victor.staff_search import search_for_staff

pytestmark = pytest.mark.django_db


def titles(user: User, text: str) -> list[str]:
    return [hit.title for hits in search_for_staff(user, text) for hit in hits.hits]


def test_search_finds_a_case_by_a_part_of_its_reference(here):
    case = here.case()
    assert case.reference in titles(here.anna.person, case.reference[:5])


def test_search_by_a_stranger_finds_nothing(here):
    assert titles(stranger(), here.case().reference) == []


def test_search_by_name_finds_nothing(here):
    here.case()
    assert titles(here.anna.person, NAME["family"]) == []


def test_search_for_a_restricted_case_finds_it_for_the_named_alone(here):
    case = here.case()
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    assert titles(here.ben.person, case.reference) == []
    assert titles(here.anna.person, case.reference) == [case.reference]
