import pytest

from victor.publishing.glossary import terms_in


@pytest.mark.parametrize(
    ("language", "translation", "used"),
    [
        ("sl", "<p>Trgovina z otroki je zločin.</p>", True),
        ("sl", "<p>Prodaja otrok je zločin.</p>", False),
        ("el", "<p>Η εμπορία παιδιών είναι έγκλημα.</p>", True),
        ("el", "<p>Η διακίνηση παιδιών είναι έγκλημα.</p>", False),
    ],
)
def test_term_of_the_source_is_looked_for_in_the_translation(language, translation, used):
    uses = {term.source: term.used for term in terms_in("<p>Child trafficking is a crime.</p>", language, translation)}
    assert uses["child trafficking"] is used


def test_term_within_another_word_is_none():
    assert [term for term in terms_in("deskbound childhood", "el", "") if term.source == "desk"] == []
