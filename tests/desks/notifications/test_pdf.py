"""The letter: in the authority's language, and what was typed is marked as not translated."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from desks.cases.errors import CaseMoveNotPossible
from desks.notifications.errors import NotPrintable
from desks.notifications.letters import LetterWish, make_letter
from desks.notifications.pdf import LetterPart, letter_content, letter_pdf
from desks.notifications.states import AuthorityKind
from tests.desks.notifications.notification_desks import added

pytestmark = pytest.mark.django_db


def part(words: str) -> LetterPart:
    return LetterPart(lambda: "Signs", list, words)


def test_letter_marks_what_was_typed_as_not_translated(here):
    with override("en"):
        content = letter_content(here.case(), "Police", [part("Typed")])
    assert content["parts"][0]["words"] == "Typed"
    assert content["not_translated"] == "Not translated: as the worker wrote it"


@pytest.mark.parametrize("language", ["el", "bg", "ro", "sl", "sr", "hu", "uk"])
def test_letter_is_printed_in_every_language(here, language):
    assert letter_pdf(here.case(), "Police", language, [part("Typed")]).startswith(b"%PDF")


def test_letter_in_bulgarian_has_no_english_label(here):
    case = here.case()
    with override("bg"):
        bulgarian = letter_content(case, "X", [])
    with override("en"):
        english = letter_content(case, "X", [])
    labels = ("title", "request", "confidential", "not_translated", "page")
    assert [name for name in labels if bulgarian[name] == english[name]] == []


def test_letter_with_a_sign_that_no_font_has_is_refused(here):
    with pytest.raises(NotPrintable):
        letter_pdf(here.case(), "Police", "en", [part("漢字")])


def test_letter_with_a_suspicion_to_another_than_the_police_is_refused(here):
    row = added(here.case(), by=here.anna.person, kind=AuthorityKind.CONSULATE)
    wish = LetterWish(language="en", authority="Consulate", suspicion="A man")
    with pytest.raises(CaseMoveNotPossible):
        make_letter(row, wish, by=here.anna)
