"""Words that tell what happened to a child are found in every language, however they are written."""

from __future__ import annotations

import pytest

from desks.extracts.revealing_words import is_revealing


@pytest.mark.parametrize(
    "text",
    [
        "Victim of trafficking",
        "VICTIMS of Child Trafficking – Our Responsibility",
        "Θύμα εμπορίας ανθρώπων",
        "θύματος",
        "εμπορία παιδιών",
        "Жертва на трафик",
        "търговия с хора",
        "victimă a traficului de persoane",
        "Žrtev trgovine z ljudmi",
        "ŽRTVA TRGOVINE LJUDIMA",
        "жртва трговине људима",
        "Emberkereskedelem áldozata",
        "постраждала від торгівлі людьми",
        "потерпіла",
    ],
)
def test_text_that_tells_is_found(text):
    assert is_revealing(text)


@pytest.mark.parametrize(
    "text",
    ["Penicillin allergy", "Θυμάται τα πάντα", "Ходи на училище", "Živi z babico", "trgovina na vogalu", "Торгівля"],
)
def test_text_of_daily_life_is_not(text):
    assert not is_revealing(text)
