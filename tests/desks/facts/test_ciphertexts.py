"""The tag and the ciphertext of a row of facts: one length, bound to each other, nothing without the key."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

import pytest

from desks.cases.code_lists import ClosureOutcome
from desks.facts.ciphertexts import SIZE, Facts, decrypt_facts, encrypt_facts, new_tag, tag_of
from victor.vault.errors import Unopenable

CASE = UUID(int=7)
LONGEST = Facts(
    **{
        field.name: max(ClosureOutcome.values, key=len) if isinstance(field.default, str) else field.default
        for field in fields(Facts)
    }
)


@pytest.mark.parametrize("facts", [Facts(), LONGEST, Facts(is_left_out=True)], ids=["empty", "longest", "left out"])
def test_decrypt_facts_returns_what_was_encrypted(facts):
    tag = tag_of(CASE)
    assert decrypt_facts(encrypt_facts(facts, tag), tag) == facts


def test_every_ciphertext_has_one_length():
    tag = tag_of(CASE)
    lengths = {len(encrypt_facts(facts, tag)) for facts in (Facts(), LONGEST, Facts(is_left_out=True))}
    assert len(lengths) == 1
    assert lengths.pop() > SIZE


def test_encrypt_facts_twice_makes_two_ciphertexts():
    tag = tag_of(CASE)
    assert encrypt_facts(Facts(), tag) != encrypt_facts(Facts(), tag)


def test_content_under_another_tag_is_refused():
    with pytest.raises(Unopenable):
        decrypt_facts(encrypt_facts(Facts(), tag_of(CASE)), new_tag())


def test_another_key_gives_another_tag_and_opens_nothing(settings):
    tag = tag_of(CASE)
    content = encrypt_facts(Facts(), tag)
    settings.FACTS_KEY = "another-secret-" * 3
    assert tag_of(CASE) != tag
    with pytest.raises(Unopenable):
        decrypt_facts(content, tag)


def test_facts_that_do_not_fit_are_refused():
    with pytest.raises(OverflowError):
        encrypt_facts(Facts(form="x" * SIZE), tag_of(CASE))
