"""The tag and the ciphertext of a row of facts: one length, bound to each other, nothing without the key."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

import pytest

from desks.cases.code_lists import ClosureOutcome
from desks.cases.states import VictimStatus
from desks.desk.states import Service
from desks.facts.ciphertexts import DAYS, SIZE, Facts, _key, decrypt_facts, encrypt_facts, new_tag, tag_of
from desks.facts.deadlines import MOST_DAYS
from desks.screening.states import Means
from victor.vault import crypto
from victor.vault.errors import Unopenable

CASE = UUID(int=7)
LENGTHS = {"outcome": len(max(ClosureOutcome.values, key=len)), "services": len(Service), "means_kinds": len(Means)}
LONGEST_CODE = len(max(VictimStatus.values, key=len))  # of all others
LONGEST = Facts(
    **{
        field.name: "x" * LENGTHS.get(field.name, LONGEST_CODE)
        for field in fields(Facts)
        if isinstance(field.default, str)
    },
    desk=2**31,
    **dict.fromkeys(DAYS, MOST_DAYS),
)


@pytest.mark.parametrize("facts", [Facts(), LONGEST, Facts(is_left_out=True)], ids=["empty", "longest", "left out"])
def test_decrypt_facts_returns_what_was_encrypted(facts):
    tag = tag_of(CASE)
    assert decrypt_facts(encrypt_facts(facts, tag), tag) == facts


def test_facts_of_before_are_read_without_what_is_new():
    tag = tag_of(CASE)
    content = crypto.encrypt(b'{"desk": 4, "stage": "opened"}'.ljust(SIZE), _key("content"), context=tag)
    assert decrypt_facts(content, tag) == Facts(desk=4, stage="opened")


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
