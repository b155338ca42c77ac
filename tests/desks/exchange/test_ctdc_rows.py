"""No row that leaves for the collaborative is of fewer than eleven people, in either set, alone or together."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest

from desks.cases.code_lists import AgeBand
from desks.cases.states import VictimStatus
from desks.exchange.ctdc_rows import (
    GLOBAL_COLUMNS,
    LEAST,
    SYNTHETIC_COLUMNS,
    Kind,
    ctdc_rows,
    kinds_of,
    protect_kinds,
)
from desks.facts.ciphertexts import Facts
from desks.facts.states import Sex
from desks.screening.states import Purpose

SETS = {"global": GLOBAL_COLUMNS, "synthetic": SYNTHETIC_COLUMNS}


def cases(number: int, seed: int) -> list[Facts]:
    """Facts of cases of which some kinds are common and others rare."""
    dice = random.Random(seed)
    return [
        Facts(
            status=dice.choice(VictimStatus.values),
            sex=dice.choices(Sex.values, [6, 3, 0.2, 1])[0],
            age=dice.choices(AgeBand.values, [0.3, 1, 4, 6, 0.5, 1])[0],
            form=dice.choices([*Purpose.values, "unknown"], [6, 3, 1, 2, 1, 0.5, 0.1, 0.1, 0.1, 0.5, 2])[0],
            means_kinds=dice.choices(["", "d", "fd", "v", "fcardpvy", "a"], [6, 4, 2, 2, 1, 0.2])[0],
        )
        for _number in range(number)
    ]


def test_both_sets_have_the_columns_of_the_collaborative():
    assert len(set(GLOBAL_COLUMNS)) == 63
    assert len(set(SYNTHETIC_COLUMNS)) == 27


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("number", [0, 10, 11, 12, 30, 100, 300, 3000])
@pytest.mark.parametrize("seed", range(5))
def test_no_group_of_any_columns_is_smaller_than_eleven(name, number, seed):
    titles, *rows = ctdc_rows(protect_kinds(kinds_of(cases(number, seed))), SETS[name], year=2026)
    filled = [place for place, _title in enumerate(titles) if any(row[place] for row in rows)]
    for size in range(1, 4):
        for places in combinations(filled, size):
            groups = Counter(tuple(row[place] for place in places) for row in rows)
            assert min(groups.values()) >= LEAST
    whole = Counter(map(tuple, rows))
    assert not whole or min(whole.values()) >= LEAST


@pytest.mark.parametrize("seed", range(5))
def test_every_victim_has_a_row_where_there_are_enough(seed):
    kinds = kinds_of(cases(300, seed))
    assert protect_kinds(kinds).total() == len(kinds)


def test_ten_victims_have_no_row():
    assert not protect_kinds([Kind(gender="Female")] * 10)


def test_rare_ones_leave_out_their_age_first_and_then_the_form():
    common = [Kind("Female", "9--17", "Minor", Purpose.SEXUAL)] * 20
    rare = [Kind("Male", "9--17", "Minor", Purpose.LABOUR)] * 6 + [Kind("Male", "0--8", "Minor", Purpose.LABOUR)] * 6
    assert protect_kinds(common + rare) == {common[0]: 20, Kind("Male", "", "Minor", Purpose.LABOUR): 12}


def test_rare_means_are_left_out_before_the_age():
    common = [Kind("Female", "9--17", "Minor", Purpose.SEXUAL, "promises")] * 20
    rare = [Kind("Female", "9--17", "Minor", Purpose.SEXUAL, name) for name in ("abduction", "other") * 6]
    plain = Kind("Female", "9--17", "Minor", Purpose.SEXUAL)
    assert protect_kinds(common + rare) == {common[0]: 20, plain: 12}


@pytest.mark.parametrize(
    ("letters", "ticked"),
    [
        ("rd", {"meansOfControlFalsePromises": "1", "meansOfControlConcatenated": "False promises"}),
        ("a", {"isAbduction": "1"}),
        ("fv", {"meansOfControlOther": "1", "meansOfControlConcatenated": "Other"}),
        ("", {}),
    ],
)
def test_means_tick_the_columns_of_the_collaborative(letters, ticked):
    facts = [Facts(status="presumed", means_kinds=letters)] * 11
    titles, *rows = ctdc_rows(protect_kinds(kinds_of(facts)), GLOBAL_COLUMNS, year=2026)
    filled = {title: value for title, value in zip(titles, rows[0], strict=True) if value}
    assert filled == {"yearOfRegistration": "2026", "Datasource": "Case Management"} | ticked


def test_one_who_is_like_nobody_stands_among_the_smallest_group():
    kinds = [Kind("Female", form=Purpose.SEXUAL)] * 30 + [Kind("Male", form=Purpose.LABOUR)] * 12 + [Kind("Female")]
    shown = protect_kinds(kinds)
    assert shown == {Kind("Female", form=Purpose.SEXUAL): 30, Kind(): 13}


def test_who_is_no_victim_has_no_row():
    facts = [Facts(status=status) for status in VictimStatus]
    assert len(kinds_of(facts)) == 2


def test_row_says_what_the_facts_say_and_leaves_the_rest_empty():
    facts = [Facts(status="presumed", sex="female", age="15-17", form="crime")] * 11
    titles, *rows = ctdc_rows(protect_kinds(kinds_of(facts)), GLOBAL_COLUMNS, year=2026)
    filled = {title: value for title, value in zip(titles, rows[0], strict=True) if value}
    assert filled == {
        "yearOfRegistration": "2026",
        "Datasource": "Case Management",
        "gender": "Female",
        "ageBroad": "9--17",
        "majorityStatus": "Minor",
        "isOtherExploit": "1",
        "typeOfExploitConcatenated": "Other",
        "typeOfLabourIllicitActivities": "1",
    }


@pytest.mark.parametrize(("band", "age"), [("0-5", "0--8"), ("6-11", ""), ("12-14", "9--17"), ("18+", "")])
def test_band_that_the_collaborative_does_not_have_is_left_out(band, age):
    assert kinds_of([Facts(status="presumed", age=band)])[0].age == age
