"""The summary of what is wrong: each error after the label of its field."""

from __future__ import annotations

import pytest

from victor.templatetags.form_errors import FormError


@pytest.mark.parametrize(
    ("label", "colon"), [("Reason", ":"), ("Who consents?", ""), ("Ποιος συναινεί;", ""), ("Τι;", "")]
)
def test_colon_stands_after_a_noun_and_not_after_a_question(label, colon):
    assert FormError("This field is required.", label).colon == colon
