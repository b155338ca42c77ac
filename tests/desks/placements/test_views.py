"""The pages of the place where a child lives: by buttons alone, with a locked vault too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from desks.cases.models import Case
from desks.placements import actions
from desks.placements.models import CheckIn, MissingReport, Placement, PlacementText
from tests.desks.cases.case_desks import NAME as CHILD
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.desks.placements.placement_desks import HOUR, SEEN, WORDS, missed, placed, told
from tests.people import browser_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
SINCE = "2026-11-30 08:00"


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(MONDAY)
    return here


@pytest.fixture
def case(here) -> Case:
    return here.case()


@pytest.fixture
def place(here, case) -> Placement:
    return placed(case, by=here.anna.person, since=MONDAY - 9 * HOUR)


@pytest.fixture
def report(here, case, place) -> MissingReport:
    return missed(case, by=here.anna.person)


def text_of(answer) -> str:
    return answer.content.decode()


def test_section_shows_what_is_written_with_an_open_vault_alone(here, case, place):
    pages = [
        text_of(browser.get(here.page(case, "places/")))
        for browser in (unlocked_browser_of(here.ben), browser_of(here.ben.person))
    ]
    assert [WORDS["address"] in page for page in pages] == [True, False]
    assert all("72-hour watch until" in page for page in pages)


def test_section_is_not_there_for_a_stranger(here, case, place):
    assert browser_of(stranger()).get(here.page(case, "places/")).status_code == 404


def test_new_place_is_saved_with_a_locked_vault(here, case):
    sent = {"kind": "foster", "since": SINCE} | WORDS
    answer = browser_of(here.anna.person).post(here.page(case, "places/new/"), sent)
    assert answer.status_code == 302
    assert Placement.objects.get().kind == "foster"


def test_new_place_that_is_refused_keeps_what_was_typed(here, case):
    sent = {"kind": "foster", "since": "2026-12-24 08:00"} | WORDS
    answer = browser_of(here.anna.person).post(here.page(case, "places/new/"), sent)
    assert answer.status_code == 409
    assert WORDS["address"] in text_of(answer)


def test_words_that_are_stale_stand_beside_the_others(here, case, place):
    actions.write_place(place, {"address": "Newer"}, seen=1, by=here.ben.person)
    browser = unlocked_browser_of(here.anna)
    browser.post(here.page(case, f"places/{place.pk}/"), {"seen": 1, "address": "Mine"})
    page = text_of(browser.get(here.page(case, "places/")))
    assert "Newer" in page
    assert "Mine" in page
    assert "Use this text" in page


def test_words_page_fills_in_what_counts(here, case, place):
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, f"places/{place.pk}/")))
    assert WORDS["description"] in page


def test_second_text_is_chosen_by_a_button(here, case, place):
    second = actions.write_place(place, {"address": "Mine"}, seen=0, by=here.ben.person)
    browser_of(here.anna.person).post(here.page(case, f"places/texts/{second.pk}/use/"))
    assert PlacementText.objects.get(pk=second.pk).state == "saved"


def test_choice_that_is_none_is_not_there(here, case, place):
    second = actions.write_place(place, {"address": "Mine"}, seen=0, by=here.ben.person)
    answer = browser_of(here.anna.person).post(here.page(case, f"places/texts/{second.pk}/burn/"))
    assert answer.status_code == 404


def test_button_says_that_the_child_is_here(here, case, place):
    browser = browser_of(here.anna.person)
    address = here.page(case, f"check-ins/{CheckIn.objects.get().pk}/")
    assert f'action="{address}"' in text_of(browser.get(here.page(case, "places/")))
    browser.post(address)
    assert [row.state for row in CheckIn.objects.all()] == ["present", "due"]


def test_button_stands_there_only_near_its_time(here, case, place, at):
    browser = browser_of(here.anna.person)
    browser.post(here.page(case, f"check-ins/{CheckIn.objects.get().pk}/"))
    assert "check-ins/" not in text_of(browser.get(here.page(case, "places/")))


def test_check_in_that_is_recorded_already_says_so(here, case, place):
    browser, address = browser_of(here.anna.person), here.page(case, f"check-ins/{CheckIn.objects.get().pk}/")
    browser.post(address)
    answer = browser.post(address)
    assert answer.status_code == 409
    assert "The case has moved on since you opened this page." in text_of(answer)


def test_missing_page_names_whom_to_call_before_anything_is_asked(here, case, place):
    page = text_of(browser_of(here.anna.person).get(here.page(case, "missing/")))
    assert "tel:112" in page
    assert page.index("tel:112") < page.index('name="noticed_at"')


def test_absent_child_leads_to_the_missing_page(here, case, place):
    page = text_of(browser_of(here.anna.person).get(here.page(case, "places/")))
    assert f'href="{here.page(case, "missing/")}"' in page


def test_missing_child_is_saved_with_a_locked_vault(here, case, place):
    answer = browser_of(here.anna.person).post(here.page(case, "missing/"), {"noticed_at": SINCE} | SEEN)
    assert answer.status_code == 302
    assert MissingReport.objects.get().state == "noticed"


def test_section_of_a_missing_child_shows_numbers_and_no_new_place(here, case, report):
    page = text_of(browser_of(here.anna.person).get(here.page(case, "places/")))
    assert "tel:112" in page
    assert "places/new/" not in page


def test_told_and_back_are_saved_from_their_pages(here, case, report):
    browser, address = browser_of(here.anna.person), here.page(case, f"missing/{report.pk}/")
    browser.post(f"{address}told/", {"contact": "police", "how": "telephone", "number": "77"})
    before = MissingReport.objects.get().state
    browser.post(f"{address}back/", {"returned_at": f"{timezone.localtime():%Y-%m-%d %H:%M}", "place": "same"})
    assert before == "reported"
    assert MissingReport.objects.get().state == "returned"


def test_step_that_is_none_is_not_there(here, case, report):
    assert browser_of(here.anna.person).get(here.page(case, f"missing/{report.pk}/burn/")).status_code == 404


def test_back_without_a_place_offers_only_a_new_one(here, case):
    row = missed(case, by=here.anna.person)
    page = text_of(browser_of(here.anna.person).get(here.page(case, f"missing/{row.pk}/back/")))
    assert 'value="new"' in page
    assert 'value="same"' not in page


def test_paper_is_a_file_whose_name_tells_nothing(here, case, report):
    sent = {"language": "el", "authority": "Αστυνομία", "identity": "on", "place": "on"}
    answer = unlocked_browser_of(here.anna).post(here.page(case, f"missing/{report.pk}/paper/"), sent)
    assert answer["Content-Type"] == "application/pdf"
    assert f'filename="{case.reference}-report.pdf"' in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF")


def test_paper_asks_for_an_open_vault(here, case, report):
    answer = browser_of(here.anna.person).get(here.page(case, f"missing/{report.pk}/paper/"))
    assert answer.status_code == 302


def test_title_of_no_page_names_the_child(here, case, report):
    told(report, by=here.anna.person)
    browser = unlocked_browser_of(here.anna)
    addresses = ["places/", "missing/", f"missing/{report.pk}/paper/", f"missing/{report.pk}/told/"]
    titles = [text_of(browser.get(here.page(case, rest))).split("</title>")[0] for rest in addresses]
    assert [title for title in titles if CHILD["family"] in title] == []
