"""The signs are complete, in eight languages, and never about where somebody comes from."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.utils.translation import override

from desks.screening.screening_signs import SIGNS, SIGNS_BY_CODE, signs_by_group
from desks.screening.states import Dimension, SignGroup, Weight

COUNTS = {"G": 12, "S": 6, "L": 6, "B": 6, "P": 6, "D": 5, "M": 5, "A": 5, "O": 4}
STRONG = {"G12", "S1", "S2", "L1", "L2", "B1", "P1", "P6", "D1", "M1", "M5", "A1", "O1"}
WEAK = {"G10", "S6", "B6"}
ACTS = {"G2", "G5", "G11", "S3", "L6", "B2", "P3", "D4", "M2", "M3", "A2", "A4", "O2", "O3"}
LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES if code != "en"]
ORIGIN = re.compile(r"ethnic|nationalit|religio|\bRoma\b|colou?r", re.IGNORECASE)


def test_count_signs_by_group_gives_55():
    assert {group.value: len(signs) for group, signs in signs_by_group()} == COUNTS
    assert len(SIGNS_BY_CODE) == 55


def test_number_signs_of_a_group_leaves_no_gap():
    numbered = {group: [sign.code for sign in signs] for group, signs in signs_by_group()}
    assert numbered == {
        group: [f"{group.value}{number}" for number in range(1, COUNTS[group] + 1)] for group in SignGroup
    }


def test_weigh_signs_gives_those_of_the_list():
    assert {sign.code for sign in SIGNS if sign.weight == Weight.STRONG} == STRONG
    assert {sign.code for sign in SIGNS if sign.weight == Weight.WEAK} == WEAK
    assert {sign.code for sign in SIGNS if sign.dimension == Dimension.ACT} == ACTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_translate_signs_gives_words_for_each(language):
    with override("en"):
        english = [str(sign.words) for sign in SIGNS] + [str(group.label) for group in SignGroup]
    with override(language):
        words = [str(sign.words) for sign in SIGNS] + [str(group.label) for group in SignGroup]
    assert [word for word, original in zip(words, english, strict=True) if word == original] == []


def test_name_no_origin_in_any_sign():
    with override("en"):
        assert [sign.code for sign in SIGNS if ORIGIN.search(str(sign.words))] == []
