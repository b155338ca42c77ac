"""The pages of extracts and notices: choose, look at it, print; read out, print, write down."""

from __future__ import annotations

import pytest

from desks.cases.code_lists import Sensitivity
from desks.cases.models import Case, today
from desks.cases.notes import write_note
from desks.extracts.models import Extract, NoticeGiven
from tests.desks.cases.case_desks import NAME
from tests.desks.extracts.extract_cases import written_case
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.people import browser_of
from tests.vault.people import open_vault

pytestmark = pytest.mark.django_db
CHOICE = {"receiver": "school", "language": "bg", "parts": ["health", "school"], "reason": "Asked for", "to": "Popa"}


@pytest.fixture
def case(here) -> Case:
    return written_case(here)


def text_of(answer) -> str:
    return answer.content.decode()


def test_form_ticks_nothing_beforehand(here, case):
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, "extracts/new/")))
    assert "checked" not in page


def test_form_asks_for_an_open_vault(here, case):
    assert browser_of(here.anna.person).get(here.page(case, "extracts/new/")).status_code == 302


def test_preview_shows_exactly_what_was_chosen_and_prints_nothing(here, case):
    page = text_of(unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), CHOICE))
    assert "Penicillin allergy" in page
    assert NAME["family"] not in page
    assert not Extract.objects.exists()


def test_preview_carries_the_choice_on(here, case):
    page = text_of(unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), CHOICE))
    for name, value in (("receiver", "school"), ("parts", "health"), ("parts", "school"), ("reason", "Asked for")):
        assert f'<input type="hidden" name="{name}" value="{value}"' in page


def test_preview_names_what_is_not_written(here):
    case = here.case()
    sent = CHOICE | {"language": "en", "parts": ["identity", "school"]}
    page = text_of(unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), sent))
    assert "Nothing is written in:" in page


def test_print_hands_out_a_file_whose_name_tells_nothing(here, case):
    answer = unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), CHOICE | {"go": "print"})
    assert answer.content.startswith(b"%PDF")
    assert f'filename="{case.reference}-extract-1.pdf"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_change_shows_the_form_with_what_was_chosen(here, case):
    answer = unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), CHOICE | {"go": "change"})
    assert answer.status_code == 200
    assert text_of(answer).count("checked") == 3


def test_choice_that_is_refused_keeps_what_was_typed(here, case):
    sent = CHOICE | {"parts": ["safety"]}
    answer = unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), sent)
    assert answer.status_code == 409
    assert "This receiver does not get: Safe contact" in text_of(answer)
    assert "Asked for" in text_of(answer)


def written_note(here, case):
    return write_note(case, "Sleeps well", kind="note", sensitivity=Sensitivity.NORMAL, by=here.anna.person)


def test_form_offers_each_note_by_itself_and_none_of_its_words(here, case):
    rows = [written_note(here, case) for _number in range(2)]
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, "extracts/new/")))
    assert [f'value="notes-{row.pk}"' in page for row in rows] == [True, True]
    assert "Sleeps well" not in page
    assert "checked" not in page


def test_note_alone_is_a_choice_that_the_preview_carries_on(here, case):
    row = written_note(here, case)
    sent = {name: value for name, value in CHOICE.items() if name != "parts"} | {"notes": f"notes-{row.pk}"}
    page = text_of(unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), sent))
    assert "Sleeps well" in page
    assert f'<input type="hidden" name="notes" value="notes-{row.pk}"' in page


def test_choice_of_nothing_is_refused_beside_the_field(here, case):
    sent = {name: value for name, value in CHOICE.items() if name != "parts"}
    answer = unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["parts"]


def test_extract_is_not_there_for_a_stranger(here, case):
    browser = unlocked_browser_of(open_vault(stranger()))
    assert browser.get(here.page(case, "extracts/new/")).status_code == 404


def test_section_shows_copies_and_their_reason_with_an_open_vault_alone(here, case):
    unlocked_browser_of(here.anna).post(here.page(case, "extracts/new/"), CHOICE | {"go": "print"})
    pages = [
        text_of(browser.get(here.page(case, "extracts/")))
        for browser in (unlocked_browser_of(here.ben), browser_of(here.ben.person))
    ]
    assert ["Asked for" in page for page in pages] == [True, False]
    assert all("Copy 1" in page for page in pages)


@pytest.mark.parametrize("audience", ["child", "adult", "third"])
def test_notice_is_read_out_in_the_language_of_the_child_with_a_locked_vault(here, case, audience):
    page = text_of(browser_of(here.anna.person).get(here.page(case, f"privacy/{audience}/ro/")))
    assert '<article lang="ro">' in page
    assert f"privacy/{audience}/ro/paper/" in page


def test_notice_is_printed(here, case):
    answer = browser_of(here.anna.person).get(here.page(case, "privacy/child/el/paper/"))
    assert answer.content.startswith(b"%PDF")
    assert 'filename="privacy-child-el.pdf"' in answer["Content-Disposition"]


@pytest.mark.parametrize("rest", ["privacy/nobody/el/", "privacy/child/fr/", "privacy/child/fr/paper/"])
def test_notice_for_nobody_or_in_another_language_is_not_there(here, case, rest):
    assert browser_of(here.anna.person).get(here.page(case, rest)).status_code == 404


def test_notice_that_was_given_is_written_down_and_shown(here, case):
    browser = browser_of(here.anna.person)
    sent = {"language": "ro", "how": "both", "given_on": today().isoformat()}
    browser.post(here.page(case, "privacy/child/given/"), sent)
    assert NoticeGiven.objects.get().how == "both"
    assert "Read out and on paper" in text_of(browser.get(here.page(case, "extracts/")))


def test_notice_to_an_adult_asks_to_whom(here, case):
    sent = {"language": "ro", "how": "both", "given_on": today().isoformat()}
    answer = browser_of(here.anna.person).post(here.page(case, "privacy/adult/given/"), sent)
    assert answer.status_code == 422
    assert not NoticeGiven.objects.exists()
