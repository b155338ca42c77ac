"""Papers in eight languages: what goes to child, guardian, school or doctor never tells what happened."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.utils.translation import override

from desks.cases.models import Case
from desks.extracts import actions
from desks.extracts.extract_parts import PARTS
from desks.extracts.pdf import extract_content, extract_pdf, notice_content, notice_pdf
from desks.extracts.revealing_words import is_revealing
from desks.extracts.states import DISCREET, Audience, Receiver
from desks.notifications.errors import NotPrintable
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.extracts.extract_cases import wanted, written_case
from tests.sampling import sampled

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]


@pytest.fixture
def case(here) -> Case:
    return written_case(here)


def content_of(here: CaseDesk, case: Case, receiver: Receiver, language: str) -> dict[str, object]:
    """The values of a paper with all that a receiver may get."""
    parts = actions.read_extract(case, wanted(receiver, language=language), by=here.anna)
    with override(language):
        return dict(extract_content(case, receiver, parts, name="Anna", number=2))


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=["el"]))
def test_extract_of_daily_life_tells_nothing(here, case, language):
    papers = [
        json.dumps(content_of(here, case, receiver, language), ensure_ascii=False) for receiver in sorted(DISCREET)
    ]
    assert [paper for paper in papers if is_revealing(paper) or "VICTOR" in paper] == []


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=["el"]))
def test_extract_is_a_tagged_pdf_with_every_part(here, case, language):
    parts = actions.read_extract(case, wanted(Receiver.COURT, language=language), by=here.anna)
    paper = extract_pdf(case, Receiver.COURT, language, parts, name="Anna", number=1)
    assert len([part for part in parts if part.lines]) == len(PARTS)
    assert b"/StructTreeRoot" in paper


@pytest.mark.parametrize("language", sampled([code for code in LANGUAGES if code != "en"], daily=["el"]))
def test_extract_in_a_language_has_no_english_label(here, case, language):
    theirs, english = (content_of(here, case, Receiver.COURT, code) for code in (language, "en"))
    names = ("title", "confidential", "page", "reference")
    assert [name for name in names if theirs[name] == english[name]] == []


def test_extract_carries_who_printed_it_and_which_copy_it_is(here, case):
    mark = content_of(here, case, Receiver.SCHOOL, "en")["mark"]
    assert str(mark).startswith("Anna · ")
    assert str(mark).endswith(" · copy 2")


@pytest.mark.parametrize(("title", "shown"), [("VICTOR Athens", ""), ("Help for victims", ""), ("Smile", "Smile")])
def test_extract_leaves_out_the_name_of_a_desk_that_tells_what_it_does(here, case, title, shown):
    case.desk.title_en = title
    with override("en"):
        sent = [extract_content(case, who, [], name="A", number=1)["sender"] for who in (Receiver.CHILD, "authority")]
    assert sent == [shown, title]


def test_extract_with_a_sign_that_no_font_has_is_refused(here, case):
    parts = [actions.PrintedPart("health", "Health", [("Needs", "漢字")])]
    with pytest.raises(NotPrintable):
        extract_pdf(case, Receiver.DOCTOR, "en", parts, name="Anna", number=1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", list(Audience))
def test_notice_tells_nothing_of_what_happened(here, language, audience):
    with override(language):
        shown = json.dumps(notice_content(audience, here.desk), ensure_ascii=False)
    assert not is_revealing(shown)
    assert "VICTOR" not in shown


def sentences(audience: Audience, language: str, here: CaseDesk) -> list[str]:
    """What a notice says in a language."""
    with override(language):
        content = notice_content(audience, here.desk)
    return [str(content["title"]), *(line for part in content["parts"] for line in part["sentences"])]


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("audience", list(Audience))
def test_notice_says_all_in_every_language(here, language, audience):
    theirs, english = (sentences(audience, code, here) for code in (language, "en"))
    assert len(theirs) == len(english)
    assert set(theirs) & set(english) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", list(Audience))
def test_notice_is_a_tagged_pdf(here, language, audience):
    assert b"/StructTreeRoot" in notice_pdf(audience, language, here.desk)
