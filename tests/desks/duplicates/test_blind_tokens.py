"""Tokens say nothing without the secret, and two ways to type a child have one in common."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from desks.duplicates.blind_tokens import TypedIdentity, blind, question_about, tokens_to_store
from desks.duplicates.states import TokenKind

ANA = TypedIdentity(
    given_name="Ana Maria", family_name="Popescu", birth_year=2012, telephone="+40 721 234 567", document="XB 123456"
)


def common_kinds(known: TypedIdentity, asked: TypedIdentity) -> set[str]:
    """The kinds of tokens that lead from what is asked to what is known."""
    tokens = question_about(asked).tokens
    return {tokens[value][0] for value in tokens_to_store(known) if value in tokens}


ASKED = [
    (TypedIdentity("Ana", "Popescu", birth_year=2012), {"name", "name_year"}),
    (TypedIdentity("Popescu", "Ana", birth_year=2013), {"name", "name_year"}),
    (TypedIdentity("Ана", "Попеску", birth_year=2014), {"name"}),
    (TypedIdentity("Anamaria", "Popescu"), {"name"}),
    (TypedIdentity("", "", "Άννα Ποπέσκου", 2011), {"name", "name_year"}),
    (TypedIdentity("Ana", birth_year=2012), {"part_year"}),
    (TypedIdentity("Ana"), set()),
    (TypedIdentity(telephone="0040721234567"), {"telephone"}),
    (TypedIdentity(telephone="0721-234-567"), {"telephone"}),
    (TypedIdentity(telephone="123456"), set()),
    (TypedIdentity(document="хв123456"), {"document"}),
    (TypedIdentity(document="1"), set()),
    (TypedIdentity(document="passport: XB 123456, lost"), {"document"}),
    (TypedIdentity(telephone="069 111 2222 (aunt), 0721 234 567"), {"telephone"}),
    (TypedIdentity("Ion", "Popescu", birth_year=2012), set()),
]


@pytest.mark.parametrize(
    ("asked", "kinds"), ASKED, ids=lambda value: " ".join(sorted(value)) if isinstance(value, set) else str(value)[:60]
)
def test_ask_for_a_child_gives_the_kinds_in_common(asked, kinds):
    assert common_kinds(ANA, asked) == kinds


def test_ask_for_whole_name_where_one_name_is_known_gives_the_part():
    assert common_kinds(TypedIdentity("Ana", birth_year=2012), TypedIdentity("Ana", "Popescu")) == {"part"}


def test_blind_under_another_secret_gives_another_value(settings):
    before = set(tokens_to_store(ANA))
    settings.DUPLICATES_KEY = "another-secret-" * 3
    assert set(tokens_to_store(ANA)) & before == set()


def test_blind_two_kinds_of_the_same_text_gives_two_values():
    assert blind(TokenKind.DOCUMENT, "12345678") != blind(TokenKind.TELEPHONE, "12345678")


def test_store_tokens_of_a_child_hold_nothing_that_was_typed():
    stored = " ".join(tokens_to_store(ANA))
    assert [word for word in astuple(ANA) if word and str(word).lower() in stored] == []


def test_ask_for_nothing_gives_no_token():
    assert question_about(TypedIdentity(birth_year=2012)).tokens == {}
