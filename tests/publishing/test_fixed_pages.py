"""Search finds pages that are no published text, by the words that are declared for them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tests.people import visitor
from victor.publishing.fixed_pages import find_fixed_pages

QUESTIONS = {
    "en": ["code", "My code", "receipt"],
    "el": ["κωδικός", "κωδικο", "ΕΧΩ ΚΩΔΙΚΟ"],
    "bg": ["код", "вече писах"],
    "ro": ["cod", "codul", "am mai scris"],
    "sl": ["koda", "kodo", "imam kodo"],
    "sr": ["шифра", "sifra", "šifru"],
    "hu": ["kód", "kodom"],
    "uk": ["код", "маю код"],
}


@pytest.mark.parametrize(
    ("language", "question"), [(code, words) for code, questions in QUESTIONS.items() for words in questions]
)
def test_find_way_back_by_any_form_of_its_words(language, question):
    with override(language):
        assert [page.path for page in find_fixed_pages(question, language)] == [f"/{language}/report/return/"]


@pytest.mark.parametrize("question", ["", "a", "child", "code of conduct", "&|!"])
def test_find_nothing_by_other_words(question):
    with override("en"):
        assert find_fixed_pages(question, "en") == []


@pytest.mark.django_db
def test_search_shows_the_way_back_before_other_pages():
    page = visitor().post("/en/search/", {"q": "code"}).text
    assert '<li><a href="/en/report/return/">I have a code</a>' in page
