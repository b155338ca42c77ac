"""Names: in any script, and nothing that nobody sees or that a mail would make a link of."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from trainings.registrations.names import is_found_by, is_same_name, mailbox_key, validate_person_name


@pytest.mark.parametrize("name", ["А.Иванов", "J.R.R. Tolkien", "St. John", "نور\u200cالدین", "क\u094d\u200dष"])
def test_name_with_initials_or_joined_letters_is_taken(name):
    validate_person_name(name)


@pytest.mark.parametrize("unseen", ["\ufeff", "\u200b", "\u2060", "\u00ad", "\u202e", "\U000e0041", "\u3164"])
def test_name_with_what_nobody_sees_is_refused(unseen):
    with pytest.raises(ValidationError, match="invisible character"):
        validate_person_name(f"Ma{unseen}ria")


@pytest.mark.parametrize("name", ["evil.com", "www.x", "Win now: evil.gr", "x.com", "ev\u200cil.com", "evil．com"])
def test_name_that_could_become_a_link_is_refused(name):
    with pytest.raises(ValidationError, match="otherwise this looks like a web address"):
        validate_person_name(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(
            ("Djordje", "Ђорђе Петровић"),
            ("dorde", "Đorđe Petrović"),
            ("Ђорђе", "Đorđe Petrović"),
            ("lukasz", "Łukasz"),
        ),
        *(("obrien", "Mary O’Brien"), ("o'brien", "Mary O’Brien"), ("O´Brien", "Mary O'Brien"), ("kiss", "Szabó-Kiss")),
        *(("papadopoulou", "Ελένη Παπαδοπούλου"), ("Παπαδοπουλου", "Eleni Papadopoulou"), ("petrov", "Иван Петров")),
        *(
            ("Антонис", "Αντώνης"),
            ("zivkovic", "Жељко Живковић"),
            ("kovalchuk", "Юлія Ковальчук"),
            ("Muresan", "Ștefan Mureșan"),
        ),
    ],
)
def test_is_found_by_finds_a_name_however_it_is_written(typed: str, name: str) -> None:
    assert is_found_by(typed, name)


@pytest.mark.parametrize(("typed", "name"), [("Marko", "Ђорђе"), ("petrova x", "Иван Петров"), ("Anna", "Eleni")])
def test_is_found_by_does_not_find_another_name(typed: str, name: str) -> None:
    assert not is_found_by(typed, name)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Eleni Papadopoulou", "ΠΑΠΑΔΟΠΟΎΛΟΥ ΕΛΈΝΗ"), ("Đorđe Ilić", "Ђорђе Илић"), ("Ana-Maria Pop", "ana maria  pop")],
)
def test_is_same_name_in_another_order_or_script_is_true(first: str, second: str) -> None:
    assert is_same_name(first, second)


def test_is_same_name_of_two_people_is_false() -> None:
    assert not is_same_name("Person xa", "Person ya")


@pytest.mark.parametrize(
    "address", ["a.b.c@gmail.com", "ABC@gmail.com", "abc+seminar@googlemail.com", "abc+@gmail.com"]
)
def test_mailbox_key_of_one_mailbox_is_one(address: str) -> None:
    assert mailbox_key(address) == "abc@gmail.com"


def test_mailbox_key_elsewhere_leaves_dots_and_drops_labels() -> None:
    assert mailbox_key("A.B+list@Example.org") == "a.b@example.org"
