"""Names: in any script, and nothing that nobody sees or that a mail would make a link of."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from trainings.registrations.names import validate_person_name


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
