"""The missing report on paper: prepared from what was written, in the language of whoever gets it."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override

from desks.cases.models import Case
from desks.notifications.errors import NotPrintable
from desks.notifications.pdf import LetterPart
from desks.placements.letters import PaperWish, _read_parts, make_missing_report
from desks.placements.pdf import missing_report_content, missing_report_pdf
from tests.desks.cases.case_desks import NAME, CaseDesk
from tests.desks.placements.placement_desks import SEEN, WORDS, missed, placed
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
WHOLE = PaperWish(language="bg", authority="Полиция", identity=True, place=True)


@pytest.fixture
def case(here) -> Case:
    case = here.case()
    placed(case, by=here.anna.person)
    return case


def values(here: CaseDesk, case: Case, wish: PaperWish) -> set[str]:
    """What of the record stands in a report."""
    _case, _row, parts = _read_parts(missed(case, by=here.anna.person), wish, by=here.anna)
    with override("en"):
        return {value for part in parts for _label, value in part.lines()}


def test_report_holds_the_child_the_place_and_how_the_child_was_seen(here, case):
    shown = values(here, case, WHOLE)
    assert set(NAME.values()) <= shown
    assert {WORDS["description"], WORDS["address"]} <= shown
    assert set(SEEN.values()) <= shown


def test_report_leaves_out_of_whom_the_child_is_afraid(here, case):
    assert WORDS["leaving_signs"] not in values(here, case, WHOLE)


def test_report_holds_only_what_was_chosen(here, case):
    assert values(here, case, PaperWish(language="en", authority="Police")) == set(SEEN.values())


def test_report_is_logged_without_a_word(here, case):
    make_missing_report(missed(case, by=here.anna.person), WHOLE, by=here.anna)
    entry = Entry.objects.filter(action="case.missing_report_made").get()
    assert json.loads(entry.details) == {"language": "bg", "groups": "identity place"}


@pytest.mark.parametrize("language", ["el", "bg", "ro", "sl", "sr", "hu", "uk"])
def test_report_is_printed_in_every_language(here, case, language):
    row = missed(case, by=here.anna.person)
    part = LetterPart(lambda: "Typed", lambda: [("Label", "Words")])
    assert missing_report_pdf(case, row, "Police", language, [part]).startswith(b"%PDF")


def test_report_in_bulgarian_has_no_english_label(here, case):
    row = missed(case, by=here.anna.person)
    with override("bg"):
        bulgarian = missing_report_content(case, row, "X", [])
    with override("en"):
        english = missing_report_content(case, row, "X", [])
    labels = ("title", "request", "confidential", "page", "facts")
    assert [name for name in labels if bulgarian[name] == english[name]] == []


def test_report_with_a_sign_that_no_font_has_is_refused(here, case):
    row = missed(case, by=here.anna.person)
    part = LetterPart(lambda: "Typed", lambda: [("Label", "漢字")])
    with pytest.raises(NotPrintable):
        missing_report_pdf(case, row, "Police", "en", [part])
